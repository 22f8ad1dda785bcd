package dev.stowage.app.clients;

import java.util.Comparator;

/** One cell of the client matrix, as a test filled it. The text has neither tab nor line end. */
record Cell(String client, String version, String operation, String test, boolean passed)
    implements Comparable<Cell> {
  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::client).thenComparing(Cell::operation);

  static Cell of(String line) {
    String[] fields = line.split("\t", -1);
    return new Cell(fields[0], fields[1], fields[2], fields[3], fields[4].equals("pass"));
  }

  String line() {
    return String.join("\t", client, version, operation, test, passed ? "pass" : "FAIL");
  }

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }
}
