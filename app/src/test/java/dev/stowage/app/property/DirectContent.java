package dev.stowage.app.property;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.Provisional;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Page;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Content through the registry's own interface, lists in small pages. */
record DirectContent(Installation installation) implements ContentDoor {
  private static final int SMALL_PAGE = 2;
  private static final int FEW_BYTES = 600;

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  @FunctionalInterface
  private interface Pages<T> {
    Page<T> after(Optional<T> last) throws IOException;
  }

  @Override
  public Optional<ErrorKind> put(RepositoryName repository, byte[] content, Digest name)
      throws IOException {
    return refusal(
        () -> {
          try (BlobWriter writer = in(repository).blobs().create()) {
            writer.write(ByteBuffer.wrap(content));
            writer.commit(Provisional.of(name));
          }
        });
  }

  @Override
  public boolean mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
      throws IOException {
    return from.isPresent()
        ? in(repository).mount(digest, from.get()).isPresent()
        : in(repository).mount(digest, any -> true).isPresent();
  }

  @Override
  public Optional<ErrorKind> push(
      RepositoryName repository, Reference reference, Document document, List<Tag> tags)
      throws IOException {
    return refusal(
        () ->
            in(repository)
                .manifests()
                .put(reference, document.mediaType(), ByteBuffer.wrap(document.bytes()), tags));
  }

  @Override
  public Optional<ErrorKind> delete(RepositoryName repository, Reference reference)
      throws IOException {
    return refusal(() -> in(repository).manifests().delete(reference));
  }

  @Override
  public Optional<ErrorKind> deleteBlob(RepositoryName repository, Digest digest)
      throws IOException {
    return refusal(() -> in(repository).blobs().delete(digest));
  }

  @Override
  public List<String> repositories() throws IOException {
    return all(
            (Optional<RepositoryName> last) ->
                installation.registry().repositories(last, SMALL_PAGE))
        .stream()
        .map(RepositoryName::value)
        .toList();
  }

  @Override
  public Optional<List<String>> tags(RepositoryName repository) throws IOException {
    try {
      return Optional.of(
          all((Optional<Tag> last) -> in(repository).tags().list(last, SMALL_PAGE)).stream()
              .map(Tag::value)
              .toList());
    } catch (NameUnknownException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> manifest(RepositoryName repository, Reference reference)
      throws IOException {
    return in(repository)
        .manifests()
        .find(reference)
        .map(manifest -> manifest.name() + " " + manifest.descriptor().mediaType());
  }

  @Override
  public boolean hasBlob(RepositoryName repository, Digest digest) throws IOException {
    try {
      in(repository).blobs().get(digest, Integer.MAX_VALUE);
      return true;
    } catch (BlobUnknownException e) {
      return false;
    }
  }

  @Override
  public List<String> referrers(
      RepositoryName repository, Digest subject, Optional<String> artifactType) throws IOException {
    return all(
            (Optional<Referrer> last) ->
                in(repository)
                    .referrers()
                    .list(
                        subject,
                        artifactType,
                        last.map(referrer -> referrer.descriptor().digest()),
                        FEW_BYTES))
        .stream()
        .map(referrer -> referrer.name().toString())
        .toList();
  }

  private Repository in(RepositoryName repository) {
    return installation.registry().repository(repository);
  }

  private static Optional<ErrorKind> refusal(Change change) throws IOException {
    try {
      change.make();
      return Optional.empty();
    } catch (StowageException e) {
      return Optional.of(e.kind());
    }
  }

  private static <T> List<T> all(Pages<T> pages) throws IOException {
    List<T> all = new ArrayList<>();
    Page<T> page;
    do {
      page = pages.after(all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1)));
      all.addAll(page.items());
    } while (page.more());
    return all;
  }
}
