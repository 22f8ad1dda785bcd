package proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may be in a repository that one client alone changes, one request after another: each step
 * leads from a state to the next, so after a crash exactly one of these states must be there, and
 * none before the last one that was acknowledged.
 */
final class Ledger {
  private static final int REMEMBERED = 60;
  private static final long NEVER = Long.MAX_VALUE;

  /** A request and the state that it leads to. */
  private static final class Step {
    private final String what;
    private final State after;
    private long acknowledged = NEVER;

    Step(String what, State after) {
      this.what = what;
      this.after = after;
    }
  }

  private final String repository;
  private final Journal journal;
  private final List<Step> steps = new ArrayList<>();

  /** What was once there or was refused, and must not come back. */
  private final Set<String> oldManifests = new LinkedHashSet<>();

  private final Set<String> oldBlobs = new LinkedHashSet<>();
  private final Set<String> oldSubjects = new LinkedHashSet<>();
  private long acknowledgements;

  Ledger(String repository, Journal journal) {
    this.repository = repository;
    this.journal = journal;
    settle(new Step("the beginning", State.empty()));
  }

  String repository() {
    return repository;
  }

  /** The state after the last step. */
  synchronized State now() {
    return steps.get(steps.size() - 1).after;
  }

  synchronized long acknowledgements() {
    return acknowledgements;
  }

  /** Notes that a request is about to be sent. */
  synchronized void begin(String what, State after) throws IOException {
    journal.note("sends " + what);
    steps.add(new Step(what, after));
  }

  /** The request was done. */
  synchronized void acknowledged(long at) throws IOException {
    Step last = steps.get(steps.size() - 1);
    journal.acknowledge(last.what);
    last.acknowledged = at;
    acknowledgements++;
  }

  /** The request was refused, and changed nothing. */
  synchronized void refused() throws IOException {
    Step last = steps.remove(steps.size() - 1);
    journal.note("refused " + last.what);
    remember(last.after);
  }

  /** Blobs that nothing needed turned out to be gone. */
  synchronized void collected(Set<String> gone) throws IOException {
    begin("sees that a collector took " + gone, now().with(state -> state.blobs().removeAll(gone)));
    acknowledged(System.nanoTime());
  }

  /** Notes content that was refused: a blob or a manifest of this digest is never here. */
  synchronized void neverBlob(String digest) {
    oldBlobs.add(digest);
  }

  synchronized void neverManifest(String digest) {
    oldManifests.add(digest);
  }

  /** Everything that was ever a manifest here, or some of it if that is much. */
  synchronized Set<String> manifests() {
    Set<String> all = new LinkedHashSet<>(oldManifests);
    steps.forEach(step -> all.addAll(step.after.manifests().keySet()));
    return all;
  }

  synchronized Set<String> blobs() {
    Set<String> all = new LinkedHashSet<>(oldBlobs);
    steps.forEach(step -> all.addAll(step.after.blobs()));
    return all;
  }

  synchronized Set<String> subjects() {
    Set<String> all = new LinkedHashSet<>(oldSubjects);
    steps.forEach(step -> all.addAll(step.after.referrers().keySet()));
    return all;
  }

  /**
   * Finds which of the states that may be there is there, and goes on from it.
   *
   * @param found what is there
   * @param referrers what the server lists
   * @param cut what was acknowledged before this time must be there
   * @param collected whether blobs that nothing needs may be gone
   */
  synchronized void settle(
      State found, Map<String, Set<String>> referrers, long cut, boolean collected) {
    int least = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).acknowledged < cut) {
        least = i;
      }
    }
    for (int i = steps.size() - 1; i >= least; i--) {
      State expected = steps.get(i).after;
      if (matches(expected, found, collected)) {
        if (!expected.referrers().equals(referrers)) {
          throw new Violation(
              repository
                  + ": the referrers are "
                  + referrers
                  + " and ought to be "
                  + expected.referrers());
        }
        settle(new Step(steps.get(i).what, found(expected, found)));
        return;
      }
    }
    StringBuilder told = new StringBuilder(repository + " is in no state that it may be in:");
    for (int i = least; i < steps.size(); i++) {
      Step step = steps.get(i);
      told.append("\n    after ").append(step.what);
      told.append(step.acknowledged < cut ? " (acknowledged)" : " (in flight)");
      told.append(step.after.difference(found));
    }
    throw new Violation(told.toString());
  }

  /** Goes back to the last state that is sure; for a repository in which nothing is deleted. */
  synchronized void back(long cut) {
    Step sure = steps.get(0);
    for (Step step : steps) {
      sure = step.acknowledged < cut ? step : sure;
    }
    settle(new Step(sure.what, sure.after));
  }

  private static boolean matches(State expected, State found, boolean collected) {
    if (!expected.tags().equals(found.tags())
        || !expected.manifests().keySet().equals(found.manifests().keySet())) {
      return false;
    }
    if (!collected) {
      return expected.blobs().equals(found.blobs());
    }
    Set<String> needed = expected.neededBlobs();
    return expected.blobs().containsAll(found.blobs())
        && expected.blobs().stream().filter(needed::contains).allMatch(found.blobs()::contains);
  }

  private static State found(State expected, State found) {
    return new State(expected.tags(), expected.manifests(), found.blobs());
  }

  private void settle(Step step) {
    steps.forEach(each -> remember(each.after));
    steps.clear();
    step.acknowledged = Long.MIN_VALUE;
    steps.add(step);
    trim(oldManifests);
    trim(oldBlobs);
    trim(oldSubjects);
  }

  private void remember(State state) {
    oldManifests.addAll(state.manifests().keySet());
    oldBlobs.addAll(state.blobs());
    oldSubjects.addAll(state.referrers().keySet());
  }

  private static void trim(Set<String> set) {
    List<String> all = new ArrayList<>(set);
    if (all.size() > REMEMBERED) {
      set.clear();
      set.addAll(all.subList(all.size() - REMEMBERED, all.size()));
    }
  }
}
