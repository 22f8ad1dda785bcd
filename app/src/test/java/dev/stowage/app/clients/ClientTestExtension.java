package dev.stowage.app.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each {@link ClientTest} class its own {@link ClientSetup} and all of them the same {@link
 * ImageFixtures}; JUnit closes both, however the tests end. A failure quotes what the registry
 * said.
 */
final class ClientTestExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        AfterTestExecutionCallback,
        ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(ClientTestExtension.class);

  private static final int QUOTED = 20_000;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = new ArrayList<>();
    for (ClientProgram program : programs(context)) {
      if (!program.installed()) {
        missing.add("no " + program.path() + ": " + program.installation());
      } else if (program.needsRoot() && !isRoot()) {
        missing.add(program.path() + " has to run as root here");
      }
    }
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("every program is here");
    }
    String reason = String.join("; ", missing);
    if ("true".equals(System.getenv("CI"))) {
      throw new ExtensionConfigurationException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    setup(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      String log = Files.readString(setup(context).registry().log());
      String end = log.substring(Math.max(0, log.length() - QUOTED));
      context.getExecutionException().get().addSuppressed(new RegistrySaid(end));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ClientSetup.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return setup(context);
  }

  /** What the tests of this class work with. */
  static ClientSetup setup(ExtensionContext context) {
    ImageFixtures images =
        context
            .getRoot()
            .getStore(HERE)
            .computeIfAbsent(ImageFixtures.class, key -> new ImageFixtures(), ImageFixtures.class);
    return context
        .getStore(HERE)
        .computeIfAbsent(ClientSetup.class, key -> ClientSetup.open(images), ClientSetup.class);
  }

  private static List<ClientProgram> programs(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ClientTest.class)
        .map(annotation -> List.of(annotation.value()))
        .orElse(List.of());
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the registry's log, for a person who reads a failure. */
  private static final class RegistrySaid extends Exception {
    private static final long serialVersionUID = 1;

    RegistrySaid(String log) {
      super("\n" + log, null, false, false);
    }
  }
}
