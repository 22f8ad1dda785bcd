package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.Explanation;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stowage explain}: why something is kept, or when and why it will go. */
final class Explain {
  private Explain() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    Explanation explanation =
        store.registry().explainer().explain(name.repository(), name.reference());
    List<String> lines = new ArrayList<>();
    lines.add(name + ": " + explanation.state().name().toLowerCase(Locale.ROOT));
    lines.addAll(explanation.reasons());
    return Outcome.of(0, explanation, String.join("\n", lines));
  }
}
