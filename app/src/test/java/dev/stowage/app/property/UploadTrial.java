package dev.stowage.app.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import dev.stowage.app.property.Installation.End;
import dev.stowage.app.property.UploadDoor.Takeover;
import dev.stowage.app.property.UploadModel.Upload;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.core.CoreOptions;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One sequence of requests on uploads, done to a registry and to the model of it. */
final class UploadTrial {
  /** Fewer than there are uploads, so that some give their file up. */
  static final CoreOptions OPTIONS =
      CoreOptions.defaults()
          .withCollection(CollectionPolicy.defaults().withHistory(Duration.ZERO))
          .withIdleUploads(2);

  private static final List<RepositoryName> REPOSITORIES =
      List.of(new RepositoryName("one"), new RepositoryName("other/one"));
  private static final int[] SIZES = {0, 1, 2, 3, 40, 255, 300_000};

  private final Installation installation;
  private final UploadDoor door;
  private final UploadModel model = new UploadModel();

  UploadTrial(Installation installation, UploadDoor door) {
    this.installation = installation;
    this.door = door;
  }

  static Step step(Random random) {
    int upload = random.nextInt(6);
    int size = random.nextInt(20) == 0 ? 6 : random.nextInt(6);
    int pattern = random.nextInt(2);
    int stranger = random.nextInt(15) == 0 ? 1 : 0;
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> Step.of("create", random.nextInt(2), random.nextInt(2));
      case 3, 4, 5, 6 -> Step.of("append", upload, stranger, size, pattern);
      case 7, 8, 9 -> Step.of("chunk", upload, stranger, size, pattern, 0, 0);
      case 10 -> Step.of("chunk", upload, stranger, size, pattern, random.nextInt(5), 0);
      case 11 -> Step.of("chunk", upload, stranger, size, pattern, 0, random.nextInt(4));
      case 12 -> Step.of("status", upload, stranger);
      case 13 -> Step.of("cancel", upload, stranger);
      case 14, 15, 16 -> Step.of("commit", upload, stranger, size, pattern, random.nextInt(4));
      case 17, 18 -> Step.of("takeover", upload, stranger, size, pattern, random.nextInt(2));
      default -> Step.of("restart", random.nextInt(End.values().length));
    };
  }

  void run(Sequence sequence) throws IOException {
    int number = 0;
    for (Step step : sequence.steps()) {
      number++;
      try {
        run(step);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("step " + number + ", " + step + ": " + e.getMessage(), e);
      }
    }
    end();
  }

  private void run(Step step) throws IOException {
    switch (step.verb()) {
      case "create" -> create(step);
      case "append" -> append(step);
      case "chunk" -> chunk(step);
      case "status" ->
          check(
              model.status(repository(step), upload(step)),
              door.status(repository(step), upload(step).id));
      case "cancel" ->
          check(
              model.cancel(repository(step), upload(step)),
              door.cancel(repository(step), upload(step).id));
      case "commit" -> commit(step);
      case "takeover" -> takeOver(step);
      case "restart" -> restart(step.one(0, List.of(End.values())));
      default -> throw new IllegalArgumentException("no such step: " + step);
    }
  }

  private void create(Step step) throws IOException {
    RepositoryName repository = step.one(0, REPOSITORIES);
    UploadId id = door.create(repository, step.one(1, List.of(DigestAlgorithm.values())));
    model.create(id, repository);
  }

  private void append(Step step) throws IOException {
    Upload upload = upload(step);
    byte[] bytes = bytes(step);
    check(
        model.append(repository(step), upload, bytes),
        door.append(repository(step), upload.id, bytes));
  }

  private void chunk(Step step) throws IOException {
    Upload upload = upload(step);
    byte[] bytes = bytes(step);
    long offset = Math.max(0, upload.size() + List.of(0, 1, -1, 40, -2).get(step.number(4) % 5));
    long length = Math.max(1, bytes.length + List.of(0, 1, -1, 70_000).get(step.number(5) % 4));
    Outcome actual = door.chunk(repository(step), upload.id, offset, length, bytes);
    check(model.chunk(repository(step), upload, offset, length, bytes), actual);
  }

  private void commit(Step step) throws IOException {
    Upload upload = upload(step);
    byte[] last = bytes(step);
    DigestAlgorithm algorithm =
        step.number(4) % 4 == 1 ? DigestAlgorithm.SHA512 : DigestAlgorithm.SHA256;
    Digest right = upload.digest(algorithm, last);
    switch (step.number(4) % 4) {
      case 2 -> {
        Digest wrong = upload.digest(algorithm, new byte[] {1, 2, 3, 4});
        check(
            model.commit(repository(step), upload, last, wrong),
            door.commit(repository(step), upload.id, last, wrong));
      }
      case 3 ->
          check(
              model.commitOfWrongSize(repository(step), upload),
              door.commitOfWrongSize(repository(step), upload.id, right, 1 + last.length));
      default -> {
        check(
            model.commit(repository(step), upload, last, right),
            door.commit(repository(step), upload.id, last, right));
        checkBlob(repository(step), right);
      }
    }
  }

  private void takeOver(Step step) throws IOException {
    Upload upload = upload(step);
    byte[] second = bytes(step);
    byte[] first = new byte[Math.max(2, second.length)];
    boolean chunk = step.number(4) % 2 == 1;
    RepositoryName repository = repository(step);
    Takeover actual = door.takeOver(repository, upload.id, first, chunk, upload.size(), second);
    model.append(repository, upload, new byte[actual.kept()]);
    Outcome newer = model.append(repository, upload, second);
    Outcome older =
        newer.refusal().isPresent() ? newer : Outcome.refused(ErrorKind.UPLOAD_TAKEN_OVER);
    check(newer, actual.second());
    check(older, actual.first());
  }

  private void restart(End end) throws IOException {
    installation.reopen(end, OPTIONS);
    if (end == End.BOOT) {
      model.loseUploads();
    }
    checkMedium();
  }

  /** Whatever is still open holds what the model holds, and can be committed. */
  private void end() throws IOException {
    checkMedium();
    for (Upload upload : model.open()) {
      check(model.status(upload.repository, upload), door.status(upload.repository, upload.id));
      Digest digest = upload.digest(DigestAlgorithm.SHA256, new byte[0]);
      check(
          model.commit(upload.repository, upload, new byte[0], digest),
          door.commit(upload.repository, upload.id, new byte[0], digest));
    }
    checkMedium();
    for (RepositoryName repository : REPOSITORIES) {
      for (Digest digest : model.aliases().keySet()) {
        checkBlob(repository, digest);
      }
      for (Digest digest : model.contents().keySet()) {
        checkBlob(repository, digest);
      }
    }
  }

  private void checkBlob(RepositoryName repository, Digest digest) throws IOException {
    Optional<byte[]> expected = model.blob(repository, digest);
    Optional<byte[]> actual = door.blob(repository, digest);
    assertEquals(expected.isPresent(), actual.isPresent(), digest + " in " + repository);
    if (expected.isPresent()) {
      assertArrayEquals(expected.get(), actual.orElseThrow(), () -> "the bytes of " + digest);
    }
  }

  /** There are as many bytes as the model has, and no more. */
  private void checkMedium() throws IOException {
    assertEquals(
        model.open().stream().map(upload -> upload.id).collect(Collectors.toSet()),
        Set.copyOf(installation.data().stagings(Optional.empty(), 1_000)),
        "the stagings");
    assertEquals(
        model.contents().size(),
        installation.data().placements(Optional.empty(), 1_000).size(),
        "the number of placements");
  }

  private static void check(Outcome expected, Outcome actual) {
    assertTrue(expected.agreesWith(actual), () -> "expected " + expected + ", was " + actual);
  }

  private Upload upload(Step step) {
    return model.uploads().isEmpty()
        ? new Upload(new UploadId(new UUID(0, 1)), REPOSITORIES.get(0), false)
        : step.one(0, model.uploads());
  }

  private RepositoryName repository(Step step) {
    RepositoryName own = upload(step).repository;
    return REPOSITORIES.get((REPOSITORIES.indexOf(own) + step.number(1)) % REPOSITORIES.size());
  }

  private static byte[] bytes(Step step) {
    byte[] bytes = new byte[SIZES[step.number(2) % SIZES.length]];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * (step.number(3) + 1));
    }
    return bytes;
  }
}
