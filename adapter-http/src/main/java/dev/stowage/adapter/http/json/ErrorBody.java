package dev.stowage.adapter.http.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * What was wrong, one or several things: {@code {"errors":[{"code","message","detail"}]}}.
 *
 * @param errors at least one
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">
 *     OCI distribution specification, error codes</a>
 */
public record ErrorBody(List<Item> errors) implements JsonBody {
  /**
   * One thing that was wrong.
   *
   * @param code a code of the specification, such as {@code BLOB_UNKNOWN}
   * @param message what was wrong and what was expected, for a person
   * @param detail the facts of the case by name, in their order; left out where there are none
   */
  public record Item(String code, String message, Map<String, String> detail) {
    /** Copies the detail. */
    public Item {
      detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }
  }

  /** Copies the list; an empty one is an error of the caller. */
  public ErrorBody {
    errors = List.copyOf(errors);
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("an error body says what was wrong");
    }
  }

  /** One error without detail. */
  public static ErrorBody of(String code, String message) {
    return of(code, message, Map.of());
  }

  /** One error. */
  public static ErrorBody of(String code, String message, Map<String, String> detail) {
    return new ErrorBody(List.of(new Item(code, message, detail)));
  }

  @Override
  public byte[] bytes() {
    return JsonText.object(
        json -> {
          json.writeArrayPropertyStart("errors");
          errors.forEach(error -> write(error, json));
          json.writeEndArray();
        });
  }

  private static void write(Item error, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("code", error.code());
    json.writeStringProperty("message", error.message());
    if (!error.detail().isEmpty()) {
      json.writeObjectPropertyStart("detail");
      error.detail().forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
