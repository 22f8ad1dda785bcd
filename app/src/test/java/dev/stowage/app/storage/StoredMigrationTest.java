package dev.stowage.app.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.StowageException;
import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.fs.LocalContent;
import dev.stowage.adapter.http.json.JacksonLayoutDocuments;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.ExportReport;
import dev.stowage.maintenance.ImportReport;
import dev.stowage.maintenance.Migration;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that leaves a store and comes into another repository, or out of foreign files. */
class StoredMigrationTest {
  private static final RepositoryName FROM = new RepositoryName("from/here");
  private static final RepositoryName TO = new RepositoryName("to");
  private static final MediaType IMAGE =
      new MediaType("application/vnd.oci.image.manifest.v1+json");
  private static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
  private static final Tag V1 = new Tag("v1");
  private static final Tag MULTI = new Tag("multi");

  private final Path directory;
  private final BlobData data;
  private final MetadataStore facts;
  private final StowageRegistry registry;
  private final Migration migration;

  StoredMigrationTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    Path store = directory.resolve("store");
    data = FileBlobData.open(store, FileOptions.defaults());
    facts = RocksMetadataStore.open(store.resolve("metadata"), RocksOptions.defaults());
    registry =
        StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
    migration = registry.migration(new LocalContent(), new JacksonLayoutDocuments());
  }

  @AfterEach
  void close() throws IOException {
    try (Stream<Path> uploads = Files.walk(directory.resolve("store/uploads"))) {
      assertEquals(0, uploads.filter(Files::isRegularFile).count(), "nothing is left half made");
    }
    registry.close();
    facts.close();
    data.close();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Digest digest(String text) {
    return Digest.canonical(bytes(text));
  }

  private static String descriptor(MediaType type, Digest digest, int size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  private static String blob(String text) {
    return descriptor(MediaType.OCTET_STREAM, digest(text), text.length());
  }

  private static String image(String layers, String more) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
        .formatted(IMAGE, blob("{}"), layers, more);
  }

  private static String index(String... children) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(INDEX, String.join(",", children));
  }

  private static String child(MediaType type, String document) {
    return descriptor(type, digest(document), document.length());
  }

  /** Puts an index of an image, another tag for the image alone, and a signature of the index. */
  private Repository filled() throws IOException {
    Repository from = registry.repository(FROM);
    for (String each : List.of("{}", "layer", "other", "signature")) {
      from.blobs().put(MediaType.OCTET_STREAM, bytes(each));
    }
    from.manifests().put(Reference.of(V1), IMAGE, bytes(image(blob("layer"), "")), List.of());
    String list = index(child(IMAGE, image(blob("layer"), "")), blob("other"));
    from.manifests().put(Reference.of(MULTI), INDEX, bytes(list), List.of());
    String signature = image(blob("signature"), ",\"subject\":" + child(INDEX, list));
    from.manifests().put(Reference.of(digest(signature)), IMAGE, bytes(signature), List.of());
    return from;
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout", "layout.tar"})
  void bringsAWholeRepositoryOutAndIn(String name) throws IOException {
    Repository from = filled();
    Path target = directory.resolve(name);
    ExportReport out = migration.export(FROM, Optional.empty(), target, Progress.SILENT);
    assertEquals(List.of(MULTI, V1), out.tags());
    assertEquals(3, out.manifests());
    assertEquals(4, out.blobs());
    assertEquals(List.of(), out.missing());

    ImportReport in = migration.importLayout(target, TO, Optional.empty(), Progress.SILENT);
    assertEquals(
        new ImportReport(target.toString(), 1, 2, 3, 4, 0, List.of()), in, "blobs are mounted");
    Repository to = registry.repository(TO);
    for (Tag tag : List.of(V1, MULTI)) {
      assertEquals(from.manifests().get(Reference.of(tag)), to.manifests().get(Reference.of(tag)));
    }
    Digest subject = from.manifests().get(Reference.of(MULTI)).descriptor().digest();
    assertEquals(
        from.referrers().list(subject, Optional.empty(), Optional.empty(), 1 << 20),
        to.referrers().list(subject, Optional.empty(), Optional.empty(), 1 << 20));
    assertEquals(
        from.listBlobs(Optional.empty(), 10).items().stream().map(d -> d.digest()).toList(),
        to.listBlobs(Optional.empty(), 10).items().stream().map(d -> d.digest()).toList());
  }

  @Test
  void bringsOneImageOutAndInUnderAnotherTag() throws IOException {
    filled();
    Path target = directory.resolve("one.tar");
    ExportReport out =
        migration.export(FROM, Optional.of(Reference.of(V1)), target, Progress.SILENT);
    assertEquals(List.of(V1), out.tags());
    assertEquals(1, out.manifests());
    assertEquals(2, out.blobs());
    migration.importLayout(target, TO, Optional.of(new Tag("mine")), Progress.SILENT);
    assertEquals(
        List.of(new Tag("mine")),
        registry.repository(TO).tags().list(Optional.empty(), 10).items());
  }

  @Test
  void copiesWhatNoRepositoryHas() throws IOException {
    Repository from = filled();
    Path target = directory.resolve("layout");
    migration.export(FROM, Optional.of(Reference.of(V1)), target, Progress.SILENT);
    from.manifests().delete(Reference.of(MULTI));
    for (var each : from.manifests().list(Optional.empty(), 10).items()) {
      if (each.mediaType().equals(INDEX)) {
        from.manifests().delete(Reference.of(each.digest()));
      }
    }
    from.manifests().delete(Reference.of(digest(image(blob("layer"), ""))));
    from.blobs().delete(digest("layer"));
    assertEquals(5, migration.importLayout(target, TO, Optional.empty(), Progress.SILENT).copied());
    assertEquals(bytes("layer"), registry.repository(TO).blobs().get(digest("layer"), 10));
  }

  @Test
  void keepsDigestsOfAnotherAlgorithm() throws IOException {
    Repository from = registry.repository(FROM);
    Digest layer = Digest.of(DigestAlgorithm.SHA512, bytes("layer"));
    from.blobs().put(MediaType.OCTET_STREAM, bytes("{}"));
    BlobWriter writer = from.blobs().create(layer);
    writer.write(bytes("layer"));
    writer.commit(Provisional.of(layer));
    String image = image(descriptor(MediaType.OCTET_STREAM, layer, 5), "");
    Digest name = Digest.of(DigestAlgorithm.SHA512, bytes(image));
    from.manifests().put(Reference.of(name), IMAGE, bytes(image), List.of(V1));
    Path target = directory.resolve("layout.tar");
    migration.export(FROM, Optional.of(Reference.of(V1)), target, Progress.SILENT);
    assertEquals(
        List.of(),
        migration.importLayout(target, TO, Optional.empty(), Progress.SILENT).failures());
    assertEquals(name, registry.repository(TO).manifests().get(Reference.of(V1)).name());
  }

  @Test
  void leavesNothingOfAnExportThatIsRefused() throws IOException {
    filled();
    Path target = directory.resolve("layout");
    for (RepositoryName name : List.of(FROM, TO)) {
      assertThrows(
          StowageException.class,
          () ->
              migration.export(
                  name, Optional.of(Reference.of(new Tag("no"))), target, Progress.SILENT));
    }
    assertFalse(Files.exists(target));
    migration.export(FROM, Optional.empty(), target, Progress.SILENT);
    assertThrows(
        IOException.class, () -> migration.export(FROM, Optional.empty(), target, Progress.SILENT));
  }

  /** A layout in a directory, file by file. */
  private Path layout(String index, String... contents) throws IOException {
    Path layout = directory.resolve("handmade");
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(layout.resolve("index.json"), index);
    for (String each : contents) {
      Files.writeString(blobs.resolve(digest(each).hex()), each);
    }
    return layout;
  }

  private ImportReport imported(Path layout) throws IOException {
    return migration.importLayout(layout, TO, Optional.empty(), Progress.SILENT);
  }

  private void assertNothingIsThere() throws IOException {
    assertThrows(
        BlobUnknownException.class, () -> registry.repository(TO).blobs().stat(digest("layer")));
    assertEquals(List.of(), registry.repository(TO).manifests().list(Optional.empty(), 10).items());
  }

  @Test
  void refusesABlobWhoseBytesAreOthers() throws IOException {
    String image = image(blob("layer"), "");
    Path layout = layout(index(child(IMAGE, image)), image, "{}", "layer");
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest("layer").hex()), "l4yer");
    ImportReport report = imported(layout);
    assertEquals(1, report.failures().size());
    assertEquals(0, report.manifests());
    assertNothingIsThere();
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest("layer").hex()), "layer");
    assertEquals(List.of(), imported(layout).failures(), "and it may be done again");
  }

  @Test
  void refusesABlobOfAnotherSizeThanItsManifestSays() throws IOException {
    String image = image(blob("layer").replace("\"size\":5", "\"size\":4"), "");
    assertEquals(
        1, imported(layout(index(child(IMAGE, image)), image, "{}", "layer")).failures().size());
    assertNothingIsThere();
  }

  @Test
  void refusesAManifestWhoseBytesAreOthersBeforeItPushesAnything() throws IOException {
    String image = image(blob("layer"), "");
    Path layout = layout(index(child(IMAGE, image)), "{}", "layer");
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest(image).hex()), image + " ");
    assertEquals(1, imported(layout).failures().size());
    assertNothingIsThere();
  }

  @Test
  void refusesAnImageThatIsNotWholeAndTakesTheOthers() throws IOException {
    String broken = image(blob("layer") + "," + blob("missing"), "");
    String whole = image(blob("other"), "");
    ImportReport report =
        imported(
            layout(
                index(child(IMAGE, broken), child(IMAGE, whole), child(IMAGE, "absent")),
                broken,
                whole,
                "{}",
                "layer",
                "other"));
    assertEquals(
        List.of(TO + "@" + digest(broken), TO + "@" + digest("absent")),
        report.failures().stream().map(ImportReport.Failure::what).toList());
    assertEquals(1, report.manifests());
  }

  @Test
  void refusesIndexesThatListEachOtherWithoutEnd() throws IOException {
    String[] contents = new String[40];
    String document = index();
    for (int i = 0; i < contents.length; i++) {
      contents[i] = document;
      document = index(child(INDEX, document));
    }
    String last = contents[contents.length - 1];
    ImportReport report = imported(layout(index(child(INDEX, last)), contents));
    assertEquals(1, report.failures().size());
    assertTrue(report.failures().get(0).why().contains("deep"), report.toString());
  }

  @Test
  void refusesWhatIsNoLayout() throws IOException {
    Path layout = layout("{\"manifests\":[]}");
    assertEquals(0, imported(layout).manifests());
    Files.delete(layout.resolve("oci-layout"));
    assertThrows(StowageException.class, () -> imported(layout));
    assertThrows(IOException.class, () -> imported(directory.resolve("nowhere")));
  }

  @Test
  void takesTheTagOutOfAWholeReference() throws IOException {
    String image = image(blob("layer"), "");
    for (String name : List.of("registry:5000/a/b:v1", "b:v1", "v1")) {
      String entry =
          child(IMAGE, image)
                  .replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name)
              + "\"}}";
      assertEquals(1, imported(layout(index(entry), image, "{}", "layer")).tags());
      assertEquals(List.of(V1), registry.repository(TO).tags().list(Optional.empty(), 10).items());
    }
  }

  /** A store of the distribution registry, file by file. */
  private Path distribution() throws IOException {
    Path root = directory.resolve("distribution/docker/registry/v2");
    Path repository = root.resolve("repositories/team/app");
    String image = image(blob("layer"), "");
    for (String each : List.of("{}", "layer", image)) {
      String hex = digest(each).hex();
      Path blob = root.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex);
      Files.createDirectories(blob);
      Files.writeString(blob.resolve("data"), each);
      link(
          repository.resolve(
              (each.equals(image) ? "_manifests/revisions/sha256/" : "_layers/sha256/") + hex),
          digest(each));
    }
    link(repository.resolve("_manifests/tags/v1/current"), digest(image));
    Files.createDirectories(repository.resolve("_manifests/tags/deleted/current"));
    Files.createDirectories(repository.resolve("_uploads/some"));
    return directory.resolve("distribution");
  }

  private static void link(Path place, Digest digest) throws IOException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("link"), digest.toString());
  }

  @Test
  void takesOverAStoreOfTheDistributionRegistry() throws IOException {
    Path root = distribution();
    ImportReport report = migration.importDistribution(root, Progress.SILENT);
    assertEquals(new ImportReport(root.toString(), 1, 1, 1, 2, 7, List.of()), report);
    Repository here = registry.repository(new RepositoryName("team/app"));
    assertEquals(bytes(image(blob("layer"), "")), here.manifests().get(Reference.of(V1)).content());
    assertEquals(
        new ImportReport(root.toString(), 1, 1, 1, 2, 0, List.of()),
        migration.importDistribution(root, Progress.SILENT));
  }

  @Test
  void leavesOutWhatIsBrokenInAStoreOfTheDistributionRegistry() throws IOException {
    Path root = distribution();
    Path v2 = root.resolve("docker/registry/v2");
    Path repository = v2.resolve("repositories/team/app");
    String layer = digest("layer").hex();
    Files.writeString(
        v2.resolve("blobs/sha256").resolve(layer.substring(0, 2)).resolve(layer).resolve("data"),
        "l4yer");
    link(repository.resolve("_layers/sha256/" + digest("absent").hex()), digest("absent"));
    link(repository.resolve("_layers/sha256/" + digest("x").hex()), digest("y"));
    link(repository.resolve("_manifests/tags/v2/current"), digest("no manifest"));
    Files.createDirectories(v2.resolve("repositories/UPPER/_manifests"));
    ImportReport report = migration.importDistribution(root, Progress.SILENT);
    assertEquals(0, report.manifests());
    assertEquals(
        List.of(
            "UPPER",
            "repositories/team/app/_layers/sha256/" + digest("x").hex(),
            "team/app:v1",
            "team/app:v2",
            "team/app@" + digest("absent"),
            "team/app@" + digest("layer"),
            "team/app@" + digest(image(blob("layer"), ""))),
        report.failures().stream().map(ImportReport.Failure::what).sorted().toList());
  }
}
