package dev.stowage.app.property;

import static dev.stowage.app.property.Universe.REPOSITORIES;
import static dev.stowage.app.property.Universe.TAGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import dev.stowage.app.property.Document.Part;
import dev.stowage.app.property.Installation.End;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.core.CoreOptions;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One sequence of pushes and deletions, done to a registry and to the model of it. */
final class ContentTrial {
  static final CoreOptions OPTIONS =
      CoreOptions.defaults().withCollection(CollectionPolicy.defaults().withHistory(Duration.ZERO));

  private static final Universe ALL = Universe.make();
  private static final List<Digest> DIGESTS = ALL.digests();
  private static final List<DigestAlgorithm> ALGORITHMS = List.of(DigestAlgorithm.values());
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final Installation installation;
  private final ContentDoor door;
  private final int thoroughness;
  private final ContentModel model = new ContentModel(OPTIONS);
  private CoreOptions options = OPTIONS;
  private boolean wholesome = true;

  /**
   * A trial.
   *
   * @param thoroughness after how many steps everything is looked at
   */
  ContentTrial(Installation installation, ContentDoor door, int thoroughness) {
    this.installation = installation;
    this.door = door;
    this.thoroughness = thoroughness;
  }

  static Step step(Random random) {
    int repository = random.nextInt(10) < 6 ? 0 : random.nextInt(3);
    int content = random.nextInt(ALL.contents().size());
    int document = random.nextInt(ALL.documents().size());
    int algorithm = random.nextInt(4) == 0 ? 1 : 0;
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> Step.of("blob", repository, content, algorithm);
      case 9, 10, 11 -> Step.of("mount", repository, content, algorithm, random.nextInt(4));
      case 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 ->
          Step.of("push", repository, document, random.nextInt(4), random.nextInt(16));
      case 22 -> Step.of("push", repository, document, 4 + random.nextInt(2), 1);
      case 23, 24, 25 -> Step.of("untag", repository, random.nextInt(TAGS.size()));
      case 26, 27, 28, 29, 30, 31 -> Step.of("delete", repository, document, algorithm);
      case 32, 33, 34, 35, 36 -> Step.of("unlink", repository, content, algorithm);
      case 37 -> Step.of("fill", repository);
      default ->
          Step.of(
              "restart",
              random.nextInt(End.values().length),
              random.nextInt(2),
              random.nextInt(4) == 0 ? 1 : 0,
              random.nextInt(6) == 0 ? 1 : 0);
    };
  }

  void run(Sequence sequence) throws IOException {
    int number = 0;
    for (Step step : sequence.steps()) {
      number++;
      try {
        run(step);
        if (number % thoroughness == 0) {
          check();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("step " + number + ", " + step + ": " + e.getMessage(), e);
      }
    }
    check();
    deleteAll();
  }

  private void run(Step step) throws IOException {
    RepositoryName repository = step.one(0, REPOSITORIES);
    switch (step.verb()) {
      case "blob" -> put(repository, step.number(1), step.one(2, ALGORITHMS));
      case "fill" -> {
        for (int content = 0; content < ALL.contents().size(); content++) {
          put(repository, content, DigestAlgorithm.SHA256);
        }
      }
      case "mount" -> mount(step, repository);
      case "push" -> push(step, repository);
      case "untag" -> delete(repository, Reference.of(step.one(1, TAGS)));
      case "delete" ->
          delete(
              repository,
              Reference.of(step.one(1, ALL.documents()).digest(step.one(2, ALGORITHMS))));
      case "unlink" -> deleteBlob(repository, content(step, 1, 2));
      case "restart" -> restart(step);
      default -> throw new IllegalArgumentException("no such step: " + step);
    }
  }

  private void put(RepositoryName repository, int index, DigestAlgorithm algorithm)
      throws IOException {
    byte[] content = ALL.contents().get(index % ALL.contents().size());
    Digest name = Universe.digest(algorithm, content);
    assertEquals(
        model.put(repository, content, name), door.put(repository, content, name), "refusal");
  }

  private void mount(Step step, RepositoryName repository) throws IOException {
    int source = step.number(3) % (REPOSITORIES.size() + 1);
    Optional<RepositoryName> from =
        source == REPOSITORIES.size() ? Optional.empty() : Optional.of(REPOSITORIES.get(source));
    Digest digest = content(step, 1, 2);
    assertEquals(
        model.mount(repository, digest, from), door.mount(repository, digest, from), "mounted");
  }

  private void push(Step step, RepositoryName repository) throws IOException {
    Document document = step.one(1, ALL.documents());
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < TAGS.size(); i++) {
      if ((step.number(3) >> i) % 2 == 1) {
        tags.add(TAGS.get(i));
      }
    }
    Reference reference =
        switch (step.number(2) % 6) {
          case 0, 1 -> Reference.of(step.one(3, TAGS));
          case 2 -> Reference.of(document.canonical());
          case 3 -> Reference.of(document.digest(DigestAlgorithm.SHA512));
          case 4 -> Reference.of(Universe.digest(DigestAlgorithm.SHA256, new byte[] {7}));
          default -> Reference.of(Universe.digest(DigestAlgorithm.SHA512, new byte[] {7}));
        };
    assertEquals(
        model.push(repository, reference, document, tags),
        door.push(repository, reference, document, tags),
        "refusal");
  }

  private Optional<ErrorKind> delete(RepositoryName repository, Reference reference)
      throws IOException {
    Optional<ErrorKind> refusal = door.delete(repository, reference);
    assertEquals(model.delete(repository, reference), refusal, "refusal");
    return refusal;
  }

  private void deleteBlob(RepositoryName repository, Digest digest) throws IOException {
    assertEquals(
        model.deleteBlob(repository, digest), door.deleteBlob(repository, digest), "refusal");
  }

  private void restart(Step step) throws IOException {
    options =
        OPTIONS
            .withReferencesProtected(step.number(1) % 2 == 0)
            .withSparseManifests(step.number(2) % 2 == 1)
            .withDeletes(step.number(3) % 2 == 0);
    wholesome &= options.referencesProtected() && !options.sparseManifests();
    model.switchTo(options);
    installation.reopen(step.one(0, List.of(End.values())), options);
  }

  /** All that can be seen is what the model says. */
  private void check() throws IOException {
    assertEquals(model.repositories(), door.repositories(), "the repositories");
    for (RepositoryName repository : REPOSITORIES) {
      assertEquals(describe(model, repository), describe(door, repository), repository.value());
      if (wholesome) {
        checkNothingIsBroken(repository);
      }
    }
    checkMedium();
  }

  private static String describe(ContentDoor seen, RepositoryName repository) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("tags " + seen.tags(repository));
    for (Tag tag : TAGS) {
      lines.add(tag + " is " + seen.manifest(repository, Reference.of(tag)));
    }
    for (Digest digest : DIGESTS) {
      seen.manifest(repository, Reference.of(digest)).ifPresent(m -> lines.add("manifest " + m));
      if (seen.hasBlob(repository, digest)) {
        lines.add("blob " + digest);
      }
      List<String> referrers = seen.referrers(repository, digest, Optional.empty());
      if (!referrers.isEmpty()) {
        lines.add("referrers of " + digest + " " + referrers);
        lines.add("sboms of " + seen.referrers(repository, digest, Optional.of(Universe.SBOM)));
      }
    }
    return String.join("\n", lines);
  }

  /** Nothing that was refused or asked for in good order broke an image. */
  private void checkNothingIsBroken(RepositoryName repository) throws IOException {
    for (Document document : model.held(repository)) {
      for (Part part : document.parts()) {
        if (part.needed()) {
          boolean here =
              door.hasBlob(repository, part.digest())
                  || (part.role() == EdgeRole.CHILD
                      && door.manifest(repository, Reference.of(part.digest())).isPresent());
          assertTrue(here, () -> document.text() + " lacks " + part.digest());
        }
      }
    }
  }

  /** The bytes that are kept are those that somebody links. */
  private void checkMedium() throws IOException {
    assertEquals(
        model.stored().stream().map(Digest::hex).sorted().toList(),
        installation.data().placements(Optional.empty(), 1_000).stream()
            .map(ContentTrial::hex)
            .sorted()
            .toList(),
        "the placements");
    assertEquals(
        List.of(), installation.facts().read(facts -> facts.doomed(Optional.empty(), 9)), "doomed");
    assertEquals(List.of(), installation.data().stagings(Optional.empty(), 9), "the stagings");
  }

  private static String hex(Placement placement) {
    Matcher matcher = HEX.matcher(placement.value());
    assertTrue(matcher.find(), () -> placement + " names no digest");
    return matcher.group();
  }

  /** When all has been deleted, whatever was held up by what, nothing is left. */
  private void deleteAll() throws IOException {
    options = options.withDeletes(true);
    model.switchTo(options);
    installation.reopen(End.CLOSE, options);
    for (RepositoryName repository : REPOSITORIES) {
      boolean deleted = true;
      while (deleted) {
        deleted = false;
        for (Document document : model.held(repository)) {
          deleted |= delete(repository, Reference.of(document.canonical())).isEmpty();
        }
      }
      for (Digest digest : DIGESTS) {
        if (digest.isCanonical()) {
          deleteBlob(repository, digest);
        }
      }
    }
    check();
    assertEquals(List.of(), installation.data().placements(Optional.empty(), 9), "left over");
    for (Digest digest : DIGESTS) {
      assertEquals(
          List.of(), installation.facts().read(facts -> facts.edgesTo(digest, 9)), "left over");
      assertEquals(
          List.of(), installation.facts().read(facts -> facts.aliases(digest)), "left over");
    }
  }

  private static Digest content(Step step, int content, int algorithm) {
    return Universe.digest(step.one(algorithm, ALGORITHMS), step.one(content, ALL.contents()));
  }
}
