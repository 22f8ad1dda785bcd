package dev.stowage.app.clients;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Records the {@link Cells} of each test, and sees to it that their commands really ran. */
final class CellExtension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(CellExtension.class);

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    ClientTestExtension.setup(context).shell().forgetCommands();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    Optional<Cells> cells =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Cells.class);
    if (cells.isEmpty()) {
      return;
    }
    boolean passed = context.getExecutionException().isEmpty();
    Shell shell = ClientTestExtension.setup(context).shell();
    List<List<String>> commands = shell.commands();
    ClientVersions versions = new ClientVersions(shell);
    CellRecord cellRecord = cellRecord(context);
    String test =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    for (String cell : cells.get().value()) {
      String client = cell.substring(0, cell.indexOf(' '));
      boolean ran = ClientVersions.program(client).isEmpty() || anyHas(commands, cell);
      cellRecord.add(
          new Cell(
              client,
              versions.of(client),
              cell.substring(client.length() + 1),
              test,
              passed && ran));
      if (passed && !ran) {
        throw new AssertionError("no such command ran: " + cell + "\n" + commands);
      }
    }
  }

  private static CellRecord cellRecord(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(CellRecord.class, key -> new CellRecord(), CellRecord.class);
  }

  private static boolean anyHas(List<List<String>> commands, String cell) {
    List<String> wanted = List.of(cell.split(" "));
    return commands.stream().anyMatch(command -> has(command, wanted));
  }

  private static boolean has(List<String> command, List<String> wanted) {
    String program = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    if (!program.equals(wanted.get(0))) {
      return false;
    }
    int found = 1;
    for (String word : command.subList(1, command.size())) {
      if (found < wanted.size() && word.startsWith(wanted.get(found))) {
        found++;
      }
    }
    return found == wanted.size();
  }
}
