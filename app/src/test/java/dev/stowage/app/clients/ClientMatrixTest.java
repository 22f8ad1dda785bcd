package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/clients.md is what the client tests have just done, no cell more and no cell
 * less. Runs after them; with {@code -Dmatrix.write} it writes the table instead.
 */
@Tag("matrix")
class ClientMatrixTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "clients.md");

  @Test
  void theCommittedTableIsWhatRan() throws IOException {
    assertTrue(Files.exists(CellRecord.FILE), "no client test ran");
    List<Cell> cells = Files.readAllLines(CellRecord.FILE).stream().map(Cell::of).toList();
    // A later run that fills no cell is not to be judged by these.
    Files.delete(CellRecord.FILE);
    ClientMatrix matrix = new ClientMatrix(cells);
    assertEquals(List.of(), cells.stream().filter(cell -> !cell.passed()).toList());

    String document = Files.readString(DOCUMENT);
    if (System.getProperty("matrix.write") != null) {
      Files.writeString(DOCUMENT, matrix.into(document));
    } else {
      assumeEveryClientIsHere();
      assertEquals(
          ClientMatrix.of(document),
          matrix.text(),
          "docs/clients.md does not show what ran; it says how to write it anew");
    }
    System.out.println("client matrix: " + cells.size() + " cells ran, all passed");
  }

  /** Outside CI a client may be missing, whose tests were skipped. */
  private static void assumeEveryClientIsHere() {
    Set<String> missing =
        Set.of(ClientProgram.values()).stream()
            .filter(program -> !program.installed())
            .map(ClientProgram::installation)
            .collect(Collectors.toSet());
    assumeTrue(
        missing.isEmpty() || "true".equals(System.getenv("CI")), () -> "missing: " + missing);
  }
}
