package dev.stowage.adapter.http.json;

import dev.stowage.registry.HistoryEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes reports as JSON by their shape: a record of {@code dev.stowage.maintenance} is an object
 * with its components' names, what there may be several of is an array, a map an object, what is
 * absent is left out, numbers and truth values are themselves, and everything else is its text.
 */
public final class RecordJson {
  private static final String REPORTS = "dev.stowage.maintenance";

  private RecordJson() {}

  /** A report as one JSON object without line breaks. */
  public static String of(Record report) {
    return new String(JsonText.object(json -> fields(json, report)), StandardCharsets.UTF_8);
  }

  private static void fields(JsonGenerator json, Record report) {
    for (RecordComponent component : report.getClass().getRecordComponents()) {
      Object value = value(component, report);
      if (value instanceof Optional<?> optional) {
        optional.ifPresent(present -> named(json, component.getName(), present));
      } else {
        named(json, component.getName(), value);
      }
    }
  }

  private static void named(JsonGenerator json, String name, Object value) {
    json.writeName(name);
    write(json, value);
  }

  private static void write(JsonGenerator json, Object value) {
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Iterable<?> several) {
      json.writeStartArray();
      several.forEach(each -> write(json, each));
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((key, each) -> named(json, key.toString(), each));
      json.writeEndObject();
    } else if (value instanceof Record part && isReport(part)) {
      json.writeStartObject();
      fields(json, part);
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  private static boolean isReport(Record value) {
    return value.getClass().getPackageName().equals(REPORTS) || value instanceof HistoryEntry;
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a report is a public record: " + of.getClass(), e);
    }
  }
}
