using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>
/// A table as the model maps it, for the few statements written by hand: names, order and conversion of columns stand in one
/// place, the entity's configuration, and cannot drift apart.
/// </summary>
internal sealed class SqlTable<TRow>
    where TRow : class
{
    private readonly Dictionary<string, SqlColumn<TRow>> _byProperty;
    private readonly Func<DbDataReader, int, TRow> _read;

    public SqlTable(IModel model)
    {
        var entity = model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow).Name} is not mapped.");
        Name = $"\"{entity.GetTableName()}\"";
        Columns = [.. entity.GetProperties().Where(property => !property.IsShadowProperty()).Select(property => new SqlColumn<TRow>(property))];
        Names = string.Join(", ", Columns.Select(column => column.Name));
        _byProperty = Columns.ToDictionary(column => column.Property.Name);
        _read = CompileRead(Columns);
    }

    /// <summary>Quoted.</summary>
    public string Name { get; }

    public IReadOnlyList<SqlColumn<TRow>> Columns { get; }

    /// <summary>The columns' names in their order, separated by commas.</summary>
    public string Names { get; }

    /// <summary>The columns of some properties.</summary>
    public IReadOnlyList<SqlColumn<TRow>> Only(params string[] properties) => [.. properties.Select(property => _byProperty[property])];

    /// <summary>The columns of all properties but some.</summary>
    public IReadOnlyList<SqlColumn<TRow>> AllBut(params string[] properties) => [.. Columns.Where(column => !properties.Contains(column.Property.Name))];

    /// <summary>Reads a row whose columns stand in the reader in the order of <see cref="Columns"/>, from an ordinal on.</summary>
    public TRow Read(DbDataReader reader, int first = 0) => _read(reader, first);

    private static Func<DbDataReader, int, TRow> CompileRead(IReadOnlyList<SqlColumn<TRow>> columns)
    {
        var reader = Expression.Parameter(typeof(DbDataReader));
        var first = Expression.Parameter(typeof(int));
        var bindings = columns.Select((column, index) => Expression.Bind(
            column.Property.PropertyInfo!,
            ReadColumn(column, reader, Expression.Add(first, Expression.Constant(index)))));
        return Expression.Lambda<Func<DbDataReader, int, TRow>>(Expression.MemberInit(Expression.New(typeof(TRow)), bindings), reader, first).Compile();
    }

    private static Expression ReadColumn(SqlColumn<TRow> column, Expression reader, Expression ordinal)
    {
        var get = typeof(DbDataReader).GetMethod(column.Kind switch
        {
            SqlKind.Text => nameof(DbDataReader.GetString),
            SqlKind.Whole => nameof(DbDataReader.GetInt32),
            SqlKind.Long => nameof(DbDataReader.GetInt64),
            SqlKind.Truth => nameof(DbDataReader.GetBoolean),
            SqlKind.Bytes => nameof(SqlBytes.GetBytes),
        }, [typeof(int)]);
        Expression value = column.Kind == SqlKind.Bytes
            ? Expression.Call(typeof(SqlBytes).GetMethod(nameof(SqlBytes.GetBytes))!, reader, ordinal)
            : Expression.Call(reader, get!, ordinal);
        if (column.Converter is { } converter)
        {
            value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
        }

        var type = column.Property.ClrType;
        value = value.Type == type ? value : Expression.Convert(value, type);
        return column.Property.IsNullable
            ? Expression.Condition(Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, ordinal), Expression.Default(type), value)
            : value;
    }
}

/// <summary>The kinds of values the model stores.</summary>
public enum SqlKind
{
    Text,
    Whole,
    Long,
    Truth,
    Bytes,
}

internal static class SqlBytes
{
    public static byte[] GetBytes(DbDataReader reader, int ordinal) => reader.GetFieldValue<byte[]>(ordinal);
}

/// <summary>A column: its quoted name, what it stores, and how a row gives its value.</summary>
internal sealed class SqlColumn<TRow>
{
    private readonly Func<TRow, object?> _value;

    public SqlColumn(IProperty property)
    {
        Property = property;
        Name = $"\"{property.GetColumnName()}\"";
        Converter = property.GetTypeMapping().Converter;
        var stored = Nullable.GetUnderlyingType(Converter?.ProviderClrType ?? property.ClrType) ?? Converter?.ProviderClrType ?? property.ClrType;
        Kind = stored == typeof(string) ? SqlKind.Text
            : stored == typeof(int) ? SqlKind.Whole
            : stored == typeof(long) ? SqlKind.Long
            : stored == typeof(bool) ? SqlKind.Truth
            : stored == typeof(byte[]) ? SqlKind.Bytes
            : throw new InvalidOperationException($"Column {Name} stores {stored.Name}, which no statement by hand knows.");
        _value = CompileValue(property.PropertyInfo!, Converter);
    }

    public IProperty Property { get; }

    public string Name { get; }

    public SqlKind Kind { get; }

    public ValueConverter? Converter { get; }

    public SqlValue Of(TRow row) => new(Kind, _value(row));

    private static Func<TRow, object?> CompileValue(PropertyInfo property, ValueConverter? converter)
    {
        var row = Expression.Parameter(typeof(TRow));
        Expression value = Expression.Property(row, property);
        if (converter is not null)
        {
            // The converter is over the type without null; null stays null.
            var inner = Nullable.GetUnderlyingType(property.PropertyType) is { } underlying && converter.ModelClrType == underlying
                ? Expression.Property(value, "Value")
                : value;
            Expression converted = Expression.Convert(Expression.Invoke(converter.ConvertToProviderExpression, inner), typeof(object));
            value = inner == value ? converted : Expression.Condition(Expression.Property(value, "HasValue"), converted, Expression.Constant(null));
        }

        return Expression.Lambda<Func<TRow, object?>>(Expression.Convert(value, typeof(object)), row).Compile();
    }
}

/// <summary>A value to bind, with what it is even when it is null, so that a prepared statement stays the same.</summary>
public readonly record struct SqlValue(SqlKind Kind, object? Value)
{
    public static SqlValue Text(string? value) => new(SqlKind.Text, value);

    public static SqlValue Whole(int value) => new(SqlKind.Whole, value);

    public static SqlValue Long(long value) => new(SqlKind.Long, value);
}
