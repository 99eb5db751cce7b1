using System.Globalization;
using System.Text;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

internal enum TokenKind
{
    End,
    Number,
    Text,
    Name,
    Sign,
    Template,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">Names and signs as written, texts unescaped.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0)
{
    /// <summary>A line ends between the token before and this one.</summary>
    public bool IsOnNewLine { get; init; }

    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}

internal sealed class ExpressionSyntaxException(LocalizedText text, int position) : Exception(text.En)
{
    public LocalizedText Text { get; } = text;

    public int Position { get; } = position;
}

/// <summary>Cuts a text into tokens on demand: only the parser knows whether a brace ends a hole in a template.</summary>
internal sealed class ExpressionLexer(string source)
{
    // Longest first. Signs of JavaScript that the language lacks are known too, so that a refusal can name them.
    private static readonly string[] Signs =
    [
        ">>>=", "===", "!==", ">>>", "**=", "<<=", ">>=", "&&=", "||=", "??=", "...",
        "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "=>", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**", "<<", ">>",
        "+", "-", "*", "/", "%", "<", ">", "!", "=", "?", ":", ".", ",", ";", "(", ")", "[", "]", "{", "}", "&", "|", "^", "~",
    ];

    private int _position;

    /// <summary>Where the next token is read; set back to read on from a place again.</summary>
    public int Position
    {
        get => _position;
        set => _position = value;
    }

    public Token Next()
    {
        var before = _position;
        SkipSpaceAndComments();
        var isOnNewLine = source.AsSpan(before, _position - before).Contains('\n');
        return Read() with { IsOnNewLine = isOnNewLine };
    }

    private Token Read()
    {
        if (_position >= source.Length)
        {
            return new(TokenKind.End, "", source.Length);
        }

        var start = _position;
        var first = source[start];
        if (IsNameStart(first))
        {
            while (_position < source.Length && (IsNameStart(source[_position]) || char.IsDigit(source[_position])))
            {
                _position++;
            }

            return new(TokenKind.Name, source[start.._position], start);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        switch (first)
        {
            case '"' or '\'':
                _position++;
                return new(TokenKind.Text, Quoted(first, start), start);
            case '`':
                _position++;
                return new(TokenKind.Template, "`", start);
        }

        // "a?.5:1" is a choice, not an optional member.
        var sign = Signs.FirstOrDefault(sign => string.CompareOrdinal(source, start, sign, 0, sign.Length) == 0
            && !(sign == "?." && char.IsAsciiDigit(Peek(2))))
            ?? throw new ExpressionSyntaxException(new($"不能使用字符“{first}”。", $"The character '{first}' is not part of the language."), start);
        _position += sign.Length;
        return new(TokenKind.Sign, sign, start);
    }

    /// <summary>Reads a template on from where the lexer stands, up to its end or to the beginning of a hole.</summary>
    public string TemplateText(int templateStart, out bool opensHole)
    {
        var text = new StringBuilder();
        while (_position < source.Length)
        {
            switch (source[_position])
            {
                case '`':
                    _position++;
                    opensHole = false;
                    return text.ToString();
                case '$' when Peek(1) == '{':
                    _position += 2;
                    opensHole = true;
                    return text.ToString();
                case '\\':
                    Escape(text);
                    break;
                case var other:
                    text.Append(other);
                    _position++;
                    break;
            }
        }

        throw new ExpressionSyntaxException(new("模板文字缺少结尾的 `。", "The template text is not closed with `."), templateStart);
    }

    private static bool IsNameStart(char one) => char.IsLetter(one) || one is '_' or '$';

    private char Peek(int ahead) => _position + ahead < source.Length ? source[_position + ahead] : '\0';

    private void SkipSpaceAndComments()
    {
        while (_position < source.Length)
        {
            if (char.IsWhiteSpace(source[_position]) || source[_position] == '\uFEFF')
            {
                _position++;
            }
            else if (source[_position] == '/' && Peek(1) == '/')
            {
                var end = source.IndexOf('\n', _position);
                _position = end < 0 ? source.Length : end;
            }
            else if (source[_position] == '/' && Peek(1) == '*')
            {
                var end = source.IndexOf("*/", _position + 2, StringComparison.Ordinal);
                _position = end < 0 ? throw new ExpressionSyntaxException(new("注释缺少结尾的 */。", "The comment is not closed with */."), _position) : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Number()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek(0)) || Peek(0) == '.'
            || (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))))))
        {
            _position += Peek(0) is 'e' or 'E' ? 2 : 1;
        }

        var text = source[start.._position];
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && !IsNameStart(Peek(0))
            ? new(TokenKind.Number, text, start, number)
            : throw new ExpressionSyntaxException(new($"“{text}{(IsNameStart(Peek(0)) ? Peek(0) : "")}”不是数字，请写十进制数。", $"'{text}{(IsNameStart(Peek(0)) ? Peek(0) : "")}' is not a number; write numbers in decimals."), start);
    }

    private string Quoted(char quote, int start)
    {
        var text = new StringBuilder();
        while (_position < source.Length && source[_position] is not ('\n' or '\r'))
        {
            if (source[_position] == quote)
            {
                _position++;
                return text.ToString();
            }

            if (source[_position] == '\\')
            {
                Escape(text);
            }
            else
            {
                text.Append(source[_position++]);
            }
        }

        throw new ExpressionSyntaxException(new($"文字缺少结尾的 {quote}。", $"The text is not closed with {quote}."), start);
    }

    private void Escape(StringBuilder text)
    {
        var start = _position++;
        var escaped = Peek(0);
        _position++;
        switch (escaped)
        {
            case 'n': text.Append('\n'); break;
            case 'r': text.Append('\r'); break;
            case 't': text.Append('\t'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '\\' or '\'' or '"' or '`' or '$' or '/': text.Append(escaped); break;
            case '\n': break;
            case 'u' when Hexadecimal(4) is { } unit: text.Append(unit); break;
            case 'x' when Hexadecimal(2) is { } unit: text.Append(unit); break;
            default: throw new ExpressionSyntaxException(new("\\ 后面的转义不认识，可用：\\n \\r \\t \\\\ \\' \\\" \\` \\uXXXX。", "The escape after \\ is not known; known are \\n \\r \\t \\\\ \\' \\\" \\` \\uXXXX."), start);
        }
    }

    private char? Hexadecimal(int digits)
    {
        if (_position + digits > source.Length
            || !ushort.TryParse(source.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        _position += digits;
        return (char)code;
    }
}
