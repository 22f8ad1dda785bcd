package dev.stowage.app.clients;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The client matrix as Markdown, between two marks of a document. */
final class ClientMatrix {
  private static final String BEGIN = "<!-- The cells begin: written by the command above. -->\n";
  private static final String END = "<!-- The cells end. -->\n";

  private final List<Cell> cells;

  ClientMatrix(List<Cell> cells) {
    this.cells = cells.stream().sorted().toList();
  }

  /** The document with these cells in place of those that it has. */
  String into(String document) {
    return document.substring(0, begin(document)) + text() + document.substring(end(document));
  }

  /** The part of a document that holds the cells. */
  static String of(String document) {
    return document.substring(begin(document), end(document));
  }

  private static int begin(String document) {
    return position(document, BEGIN) + BEGIN.length();
  }

  private static int end(String document) {
    return position(document, END);
  }

  private static int position(String document, String mark) {
    int position = document.indexOf(mark);
    if (position < 0) {
      throw new IllegalArgumentException("the document has no line " + mark);
    }
    return position;
  }

  String text() {
    Map<String, Long> clients =
        cells.stream()
            .collect(
                groupingBy(
                    cell -> cell.client() + " | " + cell.version(), TreeMap::new, counting()));
    StringBuilder text = new StringBuilder("\n");
    text.append(cells.size()).append(" cells ran with ").append(clients.size());
    text.append(" clients.\n\n| client | version | cells |\n|---|---|---:|\n");
    clients.forEach(
        (client, count) ->
            text.append("| ").append(client).append(" | ").append(count).append(" |\n"));
    text.append("\n| client | operation | result | shown by |\n|---|---|---|---|\n");
    for (Cell cell : cells) {
      text.append("| ").append(cell.client()).append(" | `").append(cell.operation());
      text.append("` | ").append(cell.passed() ? "pass" : "FAIL");
      text.append(" | ").append(cell.test()).append(" |\n");
    }
    return text.append("\n").toString();
  }
}
