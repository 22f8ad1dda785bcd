package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Each row of docs/protocol.md names tests, and each of them is one that runs. */
class ProtocolPageTest {
  private static final Path PAGE = Path.of("..", "docs", "protocol.md");
  private static final int LEAST_ROWS = 150;

  /** A statement and what is written beside it. */
  private record Row(String statement, String tests) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String before = "";
    for (String line : Files.readAllLines(PAGE)) {
      boolean heading = before.isEmpty() || line.startsWith("|---");
      if (line.startsWith("|") && !heading) {
        String[] cells = line.split("\\|", -1);
        assertEquals(4, cells.length, () -> "two cells: " + line);
        rows.add(new Row(cells[1].strip(), cells[2].strip()));
      }
      before = line;
    }
    return rows;
  }

  @Test
  void namesATestThatRunsForEveryStatement() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      for (String test : row.tests().split(", *", -1)) {
        if (!isTest(test)) {
          wrong.add(row.statement() + ": \"" + test + "\" is no test");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void saysEachStatementOnceAndManyOfThem() throws IOException {
    List<Row> rows = rows();
    Set<Row> different = new HashSet<>(rows);
    assertEquals(rows.size(), different.size());
    assertTrue(rows.size() >= LEAST_ROWS, () -> rows.size() + " rows");
  }

  private static boolean isTest(String name) {
    String[] parts = name.split("\\.", -1);
    return parts.length == 2
        && Arrays.stream(methods(parts[0]))
            .filter(method -> method.getName().equals(parts[1]))
            .anyMatch(
                method ->
                    method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class));
  }

  private static Method[] methods(String simpleName) {
    try {
      return Class.forName(ProtocolPageTest.class.getPackageName() + "." + simpleName)
          .getDeclaredMethods();
    } catch (ClassNotFoundException e) {
      return new Method[0];
    }
  }
}
