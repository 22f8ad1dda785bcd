package dev.stowage.adapter.http.json;

import dev.stowage.registry.ManifestInvalidException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The tokens of one JSON object (RFC 8259) in UTF-8, and nothing that is merely close to one.
 *
 * <p>From {@link #start} on there is a current token, the first of a value; the methods that read a
 * value leave its last token the current one. Every refusal is a {@link ManifestInvalidException}
 * that names the place in the document. Used by one thread.
 */
final class StrictJson implements AutoCloseable {
  static final int MAX_DEPTH = 100;
  static final int MAX_NAMES = 10_000;
  private static final int MAX_NUMBER_LENGTH = 1_000;
  private static final int MAX_NAME_LENGTH = 50_000;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  // All leniencies of the parser are off by default in this library, but for duplicates. Names are
  // not pooled: a pool would outlive the document, and hostile names would collide in it.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;
  private final int[] namesAtDepth = new int[MAX_DEPTH + 1];
  private int depth;
  private int names;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /** The document in a buffer's remaining bytes, before its first token; the position stays. */
  static StrictJson of(ByteBuffer content) {
    CharBuffer text = decode(content.duplicate());
    if (text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK) {
      throw new ManifestInvalidException("the document begins with a byte order mark");
    }
    return new StrictJson(
        FACTORY.createParser(
            ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.length()));
  }

  /** Decodes by itself, since a parser of bytes would guess UTF-16 and let overlong forms pass. */
  private static CharBuffer decode(ByteBuffer bytes) {
    int start = bytes.position();
    try {
      // A new decoder reports what is malformed; only the shorthand methods of Charset replace it.
      return StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw refusal("the document is not UTF-8 at byte " + (bytes.position() - start), e);
    }
  }

  /** Goes to the first token. */
  void start() {
    next();
  }

  /** Reads an object; the field's action meets its value as the current token and reads it. */
  void object(Consumer<String> field) {
    require(JsonToken.START_OBJECT, "an object");
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      next();
      field.accept(name);
    }
  }

  /** Reads an array; the action meets each element as the current token and reads it. */
  void array(Runnable element) {
    require(JsonToken.START_ARRAY, "an array");
    while (next() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  /** An object of strings, in its order. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    object(name -> texts.put(unicode(name), text()));
    return texts;
  }

  /** A string, and one that can be written again: without halves of surrogate pairs. */
  String text() {
    requireString();
    return unicode(token());
  }

  /** A whole number in the form of one, not negative, that a long can hold. */
  long natural() {
    require(JsonToken.VALUE_NUMBER_INT, "a whole number");
    String digits = token();
    if (digits.startsWith("-")) {
      throw invalid("is negative");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw invalid("is beyond what 63 bits hold", e);
    }
  }

  /** Whether the value is this integer, in the form of one. */
  boolean isInteger(int value) {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && token().equals(Integer.toString(value));
  }

  /** Checks that the value is a string, without making one. */
  void requireString() {
    require(JsonToken.VALUE_STRING, "a string");
  }

  /** Passes over a value of whatever form. */
  void skip() {
    int around = parser.currentToken().isStructStart() ? depth - 1 : depth;
    while (depth > around) {
      next();
    }
  }

  /** Checks that nothing follows. */
  void end() {
    if (parse(parser::nextToken) != null) {
      throw new ManifestInvalidException("something follows the end of the document");
    }
  }

  /** A refusal of the current value. */
  ManifestInvalidException invalid(String what) {
    return new ManifestInvalidException(JsonPlace.of(parser.streamReadContext()) + " " + what);
  }

  /** A refusal of the current value, and what it comes from. */
  ManifestInvalidException invalid(String what, Exception cause) {
    return refusal(JsonPlace.of(parser.streamReadContext()) + " " + what, cause);
  }

  @Override
  public void close() {
    parser.close();
  }

  private void require(JsonToken expected, String inWords) {
    if (parser.currentToken() != expected) {
      throw invalid("is not " + inWords);
    }
  }

  private JsonToken next() {
    JsonToken token = parse(parser::nextToken);
    if (token == null) {
      throw new ManifestInvalidException("the document is empty");
    }
    if (token.isStructStart()) {
      depth++;
      namesAtDepth[depth] = 0;
    } else if (token.isStructEnd()) {
      names -= namesAtDepth[depth];
      depth--;
    } else if (token == JsonToken.PROPERTY_NAME) {
      countName();
    }
    return token;
  }

  /** The parser keeps the names of every open object, at many times the length of the document. */
  private void countName() {
    namesAtDepth[depth]++;
    names++;
    if (names > MAX_NAMES) {
      throw new ManifestInvalidException(
          "the document has objects with more than " + MAX_NAMES + " names");
    }
  }

  /** The current token as it was written, without the escapes of a string. */
  private String token() {
    return parse(parser::getString);
  }

  /** The parser looks into a string only when it is asked for it, so that any step may refuse. */
  private <T> T parse(Supplier<T> step) {
    try {
      return step.get();
    } catch (StreamConstraintsException e) {
      throw refusal(
          "the document goes beyond a limit: %d levels of nesting, %d characters to a number,"
                  .formatted(MAX_DEPTH, MAX_NUMBER_LENGTH)
              + " %d to a name".formatted(MAX_NAME_LENGTH),
          e);
    } catch (UnexpectedEndOfInputException e) {
      throw refusal("the document ends too early", e);
    } catch (JacksonException e) {
      // Nothing but the message tells a duplicate from a syntax error.
      throw String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
          ? invalid("stands twice in its object", e)
          : refusal("the document is not well-formed JSON" + JsonPlace.at(place(e)), e);
    }
  }

  /** Where the text is wrong; only some exceptions know it to the column. */
  private TokenStreamLocation place(JacksonException e) {
    return Objects.requireNonNullElseGet(e.getLocation(), parser::currentLocation);
  }

  private String unicode(String text) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw invalid("holds half of a surrogate pair");
    }
    return text;
  }

  private static ManifestInvalidException refusal(String reason, Exception cause) {
    ManifestInvalidException refusal = new ManifestInvalidException(reason);
    refusal.initCause(cause);
    return refusal;
  }
}
