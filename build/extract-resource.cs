#:property PublishAot=false
// Copies one manifest resource out of an assembly without loading it: extract-resource.cs ASSEMBLY RESOURCE DESTINATION
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

using var pe = new PEReader(File.OpenRead(args[0]));
var metadata = pe.GetMetadataReader();
var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).Single(r => metadata.GetString(r.Name) == args[1]);
var blob = pe.GetSectionData(pe.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
blob.Offset = (int)resource.Offset;
Directory.CreateDirectory(Path.GetDirectoryName(args[2])!);
File.WriteAllBytes(args[2], blob.ReadBytes(blob.ReadInt32()));
