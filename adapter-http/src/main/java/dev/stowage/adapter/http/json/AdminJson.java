package dev.stowage.adapter.http.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents that a command and its server exchange. */
public final class AdminJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private AdminJson() {}

  /** What a command asks. */
  public record Question(List<String> settings, Map<String, String> arguments) {}

  /** One line of an answer. */
  public sealed interface Line permits Told, Ended {}

  /** How far an operation has come. */
  public record Told(String progress) implements Line {}

  /** How an operation ended. */
  public record Ended(int exit, String output, String errors, String report) implements Line {}

  /** Writes a question. */
  public static byte[] write(Question question) {
    return JsonText.object(
        json -> {
          json.writeArrayPropertyStart("settings");
          question.settings().forEach(json::writeString);
          json.writeEndArray();
          json.writeObjectPropertyStart("arguments");
          question.arguments().forEach(json::writeStringProperty);
          json.writeEndObject();
        });
  }

  /**
   * Reads a question.
   *
   * @throws IOException if it is none
   */
  public static Question question(byte[] document) throws IOException {
    JsonNode root = tree(document);
    List<String> settings = new ArrayList<>();
    for (JsonNode each : root.path("settings")) {
      settings.add(text(each));
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : root.path("arguments").properties()) {
      arguments.put(each.getKey(), text(each.getValue()));
    }
    return new Question(settings, arguments);
  }

  /** Writes a line of an answer, with its end. */
  public static byte[] write(Line line) {
    byte[] document =
        JsonText.object(
            json -> {
              if (line instanceof Told told) {
                json.writeStringProperty("progress", told.progress());
              } else if (line instanceof Ended ended) {
                json.writeNumberProperty("exit", ended.exit());
                json.writeStringProperty("output", ended.output());
                json.writeStringProperty("errors", ended.errors());
                json.writeName("report");
                json.writeRawValue(ended.report());
              }
            });
    byte[] whole = Arrays.copyOf(document, document.length + 1);
    whole[document.length] = '\n';
    return whole;
  }

  /**
   * Reads a line of an answer.
   *
   * @throws IOException if it is none
   */
  public static Line line(byte[] document) throws IOException {
    JsonNode root = tree(document);
    if (root.has("progress")) {
      return new Told(text(root.path("progress")));
    }
    if (!root.path("exit").isInt()) {
      throw new IOException("the server's answer is not understood");
    }
    return new Ended(
        root.path("exit").intValue(),
        text(root.path("output")),
        text(root.path("errors")),
        root.path("report").toString());
  }

  /** Writes how a server is. */
  public static byte[] health(String status, List<String> reasons) {
    return JsonText.object(
        json -> {
          json.writeStringProperty("status", status);
          json.writeArrayPropertyStart("reasons");
          reasons.forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private static String text(JsonNode node) throws IOException {
    if (!node.isString()) {
      throw new IOException("expected a text in JSON, not " + node.getNodeType());
    }
    return node.stringValue();
  }

  private static JsonNode tree(byte[] document) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(document);
      if (!root.isObject()) {
        throw new IOException("expected an object in JSON");
      }
      return root;
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
