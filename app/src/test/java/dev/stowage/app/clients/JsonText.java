package dev.stowage.app.clients;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that a program or the registry gave. */
final class JsonText {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonText() {}

  /** The strings in an array of the outermost object, sorted. */
  static List<String> strings(String json, String field) {
    return StreamSupport.stream(JSON.readTree(json).path(field).spliterator(), false)
        .map(JsonNode::asString)
        .sorted()
        .toList();
  }

  /** The digests of the descriptors in an array of the outermost object, in their order. */
  static List<String> digests(String json, String field) {
    return StreamSupport.stream(JSON.readTree(json).path(field).spliterator(), false)
        .map(descriptor -> descriptor.path("digest").asString())
        .toList();
  }
}
