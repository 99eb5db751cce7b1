using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Instants are stored as UTC ticks: every provider can sort and compare them, and what is read back is exactly what was
/// written, which milliseconds would not give. The offset is not kept; an instant is always read back as UTC.
/// </summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
