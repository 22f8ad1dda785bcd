package dev.stowage.app.property;

import dev.stowage.ErrorKind;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What uploads are: bytes that grow until they are a blob or nothing. */
final class UploadModel {
  /** An upload that may be over. */
  static final class Upload {
    final UploadId id;
    final RepositoryName repository;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean open;

    Upload(UploadId id, RepositoryName repository, boolean open) {
      this.id = id;
      this.repository = repository;
      this.open = open;
    }

    long size() {
      return bytes.size();
    }

    boolean isOpen() {
      return open;
    }

    Digest digest(DigestAlgorithm algorithm, byte[] last) {
      ByteBuffer all = ByteBuffer.allocate(bytes.size() + last.length);
      all.put(bytes.toByteArray()).put(last).flip();
      return Digest.of(algorithm, all);
    }
  }

  /** A blob that is linked. */
  record Link(RepositoryName repository, Digest canonical) {}

  private final List<Upload> uploads = new ArrayList<>();
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final Set<Link> links = new HashSet<>();
  private final Map<Digest, Digest> aliases = new HashMap<>();

  List<Upload> uploads() {
    return uploads;
  }

  List<Upload> open() {
    return uploads.stream().filter(Upload::isOpen).toList();
  }

  Map<Digest, byte[]> contents() {
    return contents;
  }

  Map<Digest, Digest> aliases() {
    return aliases;
  }

  void create(UploadId id, RepositoryName repository) {
    uploads.add(new Upload(id, repository, true));
  }

  Outcome append(RepositoryName repository, Upload upload, byte[] bytes) {
    if (isUnknown(repository, upload)) {
      return Outcome.refused(ErrorKind.UPLOAD_UNKNOWN);
    }
    upload.bytes.writeBytes(bytes);
    return Outcome.done(upload.size());
  }

  Outcome chunk(RepositoryName repository, Upload upload, long offset, long length, byte[] bytes) {
    if (isUnknown(repository, upload)) {
      return Outcome.refused(ErrorKind.UPLOAD_UNKNOWN);
    }
    if (offset != upload.size()) {
      return Outcome.refused(ErrorKind.CHUNK_OUT_OF_ORDER, upload.size());
    }
    return length == bytes.length
        ? append(repository, upload, bytes)
        : Outcome.refused(ErrorKind.LENGTH_INVALID, upload.size());
  }

  Outcome status(RepositoryName repository, Upload upload) {
    return append(repository, upload, new byte[0]);
  }

  Outcome cancel(RepositoryName repository, Upload upload) {
    if (isUnknown(repository, upload)) {
      return Outcome.refused(ErrorKind.UPLOAD_UNKNOWN);
    }
    upload.open = false;
    return Outcome.done();
  }

  Outcome commit(RepositoryName repository, Upload upload, byte[] last, Digest claim) {
    if (isUnknown(repository, upload)) {
      return Outcome.refused(ErrorKind.UPLOAD_UNKNOWN);
    }
    upload.bytes.writeBytes(last);
    if (!claim.equals(upload.digest(claim.algorithm(), new byte[0]))) {
      return Outcome.refused(ErrorKind.DIGEST_INVALID);
    }
    upload.open = false;
    Digest canonical = upload.digest(DigestAlgorithm.SHA256, new byte[0]);
    contents.put(canonical, upload.bytes.toByteArray());
    links.add(new Link(repository, canonical));
    aliases.put(claim, canonical);
    return Outcome.done();
  }

  Outcome commitOfWrongSize(RepositoryName repository, Upload upload) {
    return isUnknown(repository, upload)
        ? Outcome.refused(ErrorKind.UPLOAD_UNKNOWN)
        : Outcome.refused(ErrorKind.LENGTH_INVALID);
  }

  /** After a boot of the machine. */
  void loseUploads() {
    uploads.forEach(upload -> upload.open = false);
  }

  Optional<byte[]> blob(RepositoryName repository, Digest digest) {
    Digest canonical = digest.isCanonical() ? digest : aliases.getOrDefault(digest, digest);
    return links.contains(new Link(repository, canonical))
        ? Optional.ofNullable(contents.get(canonical))
        : Optional.empty();
  }

  private static boolean isUnknown(RepositoryName repository, Upload upload) {
    return !upload.open || !upload.repository.equals(repository);
  }
}
