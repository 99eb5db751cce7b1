using System.Globalization;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Whistles;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Persistence;

/// <summary>Writes the whistles a step blew or changed: one statement for the calls, one for their units.</summary>
internal static class WhistleMapping
{
    public static void Write(SqlScript script, WorkflowTables tables, Checkpoint checkpoint)
    {
        var calls = new List<WhistleRow>();
        var units = new List<WhistledUnitRow>();
        foreach (var call in checkpoint.Whistles)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Instance.Id}.h{call.Number}");
            calls.Add(new WhistleRow
            {
                Id = id,
                CaseNumber = checkpoint.Instance.Id,
                Number = call.Number,
                AreaPath = checkpoint.Instance.Case?.AreaPath ?? "/",
                Kind = call.Kind,
                Grounds = call.Grounds,
                Level = call.Level,
                State = call.State,
                Words = call.Words,
                Unit = call.Unit,
                BlownBy = call.By,
                BlownAt = call.BlownAt,
                SoundedAt = call.SoundedAt,
                AuditedBy = call.AuditedBy,
                DoneAt = call.DoneAt,
            });
            foreach (var unit in call.Units)
            {
                units.Add(new WhistledUnitRow
                {
                    WhistleId = id,
                    Unit = unit.Unit,
                    WorkItem = unit.Item,
                    SignDue = unit.SignDue,
                    SignedAt = unit.SignedAt,
                    SignedBy = unit.SignedBy,
                    ContactDue = unit.ContactDue,
                    ContactedAt = unit.ContactedAt,
                    AttendDue = unit.AttendDue,
                    AttendedAt = unit.AttendedAt,
                    AttendedBy = unit.AttendedBy,
                    Place = unit.Place,
                    DoneAt = unit.DoneAt,
                    Report = unit.Report,
                    StreetScore = unit.StreetScore,
                    StreetWord = unit.StreetWord,
                    UnitScore = unit.UnitScore,
                    UnitWord = unit.UnitWord,
                    MovedTo = unit.MovedTo,
                    Late = string.Join(',', unit.Late),
                });
            }
        }

        script.Insert(tables.Whistles, [.. calls], tables.ChangeWhistles);
        script.Insert(tables.WhistledUnits, [.. units], tables.ChangeWhistledUnits);
    }
}
