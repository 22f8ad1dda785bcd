package dev.stowage.contract;

import static dev.stowage.contract.ManifestDocuments.A;
import static dev.stowage.contract.ManifestDocuments.B;
import static dev.stowage.contract.ManifestDocuments.C;
import static dev.stowage.contract.ManifestDocuments.DOCKER_IMAGE;
import static dev.stowage.contract.ManifestDocuments.DOCKER_LIST;
import static dev.stowage.contract.ManifestDocuments.LONG;
import static dev.stowage.contract.ManifestDocuments.OCI_ARTIFACT;
import static dev.stowage.contract.ManifestDocuments.OCI_IMAGE;
import static dev.stowage.contract.ManifestDocuments.OCI_INDEX;
import static dev.stowage.contract.ManifestDocuments.descriptor;
import static dev.stowage.contract.ManifestDocuments.image;
import static dev.stowage.contract.ManifestDocuments.imageWith;
import static dev.stowage.contract.ManifestDocuments.imageWithLayer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ManifestReader} keeps: it reads what clients push and refuses all else. */
public abstract class ManifestReaderContract {
  private static final int LONGEST_MESSAGE = 1000;

  /** For a test class of an implementation. */
  protected ManifestReaderContract() {}

  /** The reader under test. */
  protected abstract ManifestReader reader();

  // What clients push.

  @Test
  void readsAnImageOfDocker() {
    ManifestContent content = read(DOCKER_IMAGE, ManifestDocuments.DOCKER);

    assertEquals(
        List.of(
            reference(EdgeRole.CONFIG, "application/vnd.docker.container.image.v1+json", 7023, A),
            reference(
                EdgeRole.LAYER, "application/vnd.docker.image.rootfs.diff.tar.gzip", 32654, B),
            reference(
                EdgeRole.LAYER,
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                1674092,
                C)),
        content.references());
    assertEquals(
        Optional.of("application/vnd.docker.container.image.v1+json"), content.artifactType());
    assertEquals(Map.of(), content.annotations());
    assertEquals(Optional.empty(), content.subject());
  }

  @Test
  void readsAManifestListOfDocker() {
    ManifestContent content = read(DOCKER_LIST, ManifestDocuments.DOCKER_MANIFEST_LIST);

    assertEquals(
        List.of(
            reference(EdgeRole.CHILD, DOCKER_IMAGE.value(), 7143, A),
            reference(EdgeRole.CHILD, DOCKER_IMAGE.value(), 7682, B)),
        content.references());
    assertEquals(Optional.empty(), content.artifactType());
  }

  @Test
  void readsAnImageWithoutMediaType() {
    ManifestContent content = read(OCI_IMAGE, ManifestDocuments.UMOCI);

    assertEquals(
        List.of(
            reference(EdgeRole.CONFIG, "application/vnd.oci.image.config.v1+json", 604, A),
            reference(EdgeRole.LAYER, "application/vnd.oci.image.layer.v1.tar+gzip", 2811478, B)),
        content.references());
  }

  @Test
  void readsAHelmChart() {
    ManifestContent content = read(OCI_IMAGE, ManifestDocuments.HELM);

    assertEquals(List.of(A, B, C), digests(content));
    assertEquals(Optional.of("application/vnd.cncf.helm.config.v1+json"), content.artifactType());
    assertEquals(
        List.of(
            Map.entry("org.opencontainers.image.created", "2026-01-01T00:00:00Z"),
            Map.entry("org.opencontainers.image.description", "Grüße, 世界 & \uD83D\uDE80"),
            Map.entry("org.opencontainers.image.title", "mychart")),
        List.copyOf(content.annotations().entrySet()));
  }

  @Test
  void readsASignatureOfCosign() {
    ManifestContent content = read(OCI_IMAGE, ManifestDocuments.COSIGN);

    assertEquals(List.of(A, B), digests(content));
    assertEquals(Map.of(), content.annotations(), "a layer's annotations are its own");
  }

  @Test
  void readsWhatOrasAttaches() {
    ManifestContent content = read(OCI_IMAGE, ManifestDocuments.ORAS_ATTACH);

    assertEquals(
        List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.SUBJECT),
        content.references().stream().map(ManifestReference::role).toList());
    assertEquals(
        Optional.of(reference(EdgeRole.SUBJECT, OCI_IMAGE.value(), 588, B)), content.subject());
    assertEquals(Optional.of("application/vnd.example.sbom+json"), content.artifactType());
    assertEquals(
        Map.of("org.opencontainers.image.created", "2026-01-01T00:00:00Z"), content.annotations());
  }

  @Test
  void readsAnIndexInAnIndex() {
    ManifestContent content = read(OCI_INDEX, ManifestDocuments.NESTED_INDEX);

    assertEquals(
        List.of(
            reference(EdgeRole.CHILD, OCI_INDEX.value(), 856, A),
            reference(EdgeRole.CHILD, OCI_IMAGE.value(), 566, B),
            reference(EdgeRole.SUBJECT, OCI_INDEX.value(), 7, C)),
        content.references());
    assertEquals(Optional.empty(), content.artifactType());
    assertEquals(Map.of("com.example.key", ""), content.annotations());
  }

  @Test
  void readsAWithdrawnArtifactManifest() {
    ManifestContent content = read(OCI_ARTIFACT, ManifestDocuments.ARTIFACT);

    assertEquals(
        List.of(
            reference(EdgeRole.LAYER, "application/wasm", 123, A),
            reference(EdgeRole.LAYER, "text/plain", 0, B),
            reference(EdgeRole.SUBJECT, OCI_IMAGE.value(), 1, LONG)),
        content.references());
    assertEquals(Optional.of("application/vnd.example.wasm.v1"), content.artifactType());
  }

  @Test
  void readsAnImageWithoutLayersAndAnIndexWithoutManifests() {
    assertEquals(List.of(A), digests(read(OCI_IMAGE, image("\"layers\":[]"))));
    assertEquals(List.of(), read(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[]}").references());
  }

  @Test
  void readsDockerTypesWithoutMediaType() {
    assertEquals(List.of(A), digests(read(DOCKER_IMAGE, image("\"layers\":[]"))));
    assertEquals(
        List.of(), read(DOCKER_LIST, "{\"schemaVersion\":2,\"manifests\":[]}").references());
  }

  // What is kept of it.

  @Test
  void ordersConfigFirstAndSubjectLastWhereverTheyStand() {
    String document =
        "{\"subject\":%s,\"layers\":[%s,%s],\"config\":%s,\"schemaVersion\":2}"
            .formatted(descriptor(C), descriptor(B), descriptor(B), descriptor(A));

    assertEquals(List.of(A, B, B, C), digests(read(OCI_IMAGE, document)));
  }

  @Test
  void prefersTheArtifactTypeToTheTypeOfTheConfig() {
    assertEquals(
        Optional.of("anything goes"),
        read(OCI_IMAGE, imageWith("\"artifactType\":\"anything goes\"")).artifactType());
  }

  @Test
  void takesAnEmptyArtifactTypeForNone() {
    assertEquals(
        Optional.of("application/octet-stream"),
        read(OCI_IMAGE, imageWith("\"artifactType\":\"\"")).artifactType());
    assertEquals(
        Optional.empty(),
        read(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":\"\"}")
            .artifactType());
  }

  @Test
  void keepsTheArtifactTypeOfAnIndex() {
    assertEquals(
        Optional.of("a/b"),
        read(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":\"a/b\"}")
            .artifactType());
  }

  @Test
  void letsUnknownFieldsBe() {
    ManifestContent content =
        read(
            OCI_IMAGE,
            imageWith(
                "\"org.ABC\":\"x\",\"deep\":[[{\"a\":[null,true,false,1.5e-3]}],{}],\"null\":null,"
                    + "\"blobs\":7,\"\":\"\",\"big\":123456789012345678901234567890"));

    assertEquals(List.of(A), digests(content));
  }

  @Test
  void readsDataAndUnknownFieldsOfDescriptors() {
    String descriptor =
        "{\"data\":\"e30=\",\"x\":{\"digest\":1},\"mediaType\":\"a/b\",\"urls\":[],\"size\":2,"
            + "\"annotations\":{\"k\":\"v\"},\"digest\":\""
            + B
            + "\",\"platform\":{}}";

    assertEquals(
        reference(EdgeRole.LAYER, "a/b", 2, B),
        read(OCI_IMAGE, imageWithLayer(descriptor)).references().get(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
  void readsSizesUpTo63Bits(long size) {
    String layer = descriptor("\"a/b\"", Long.toString(size), "\"" + B + "\"");

    assertEquals(size, read(OCI_IMAGE, imageWithLayer(layer)).references().get(1).size());
  }

  @Test
  void keepsAnnotationsOfThreeMegabytes() {
    String large = "x".repeat(3 << 20);

    assertEquals(
        Map.of("large", large, "\u0000\n", "\u0000<script>"),
        read(
                OCI_IMAGE,
                imageWith(
                    "\"annotations\":{\"large\":\"%s\",\"\\u0000\\n\":\"\\u0000<script>\"}"
                        .formatted(large)))
            .annotations());
  }

  @Test
  void readsAnIndexOfManyThousands() {
    String many =
        IntStream.range(0, 25_000)
            .mapToObj(i -> descriptor("sha256:%064x".formatted(i)))
            .collect(Collectors.joining(",", "{\"schemaVersion\":2,\"manifests\":[", "]}"));

    assertEquals(25_000, read(OCI_INDEX, many).references().size());
  }

  @Test
  void readsTheRemainingBytesAndLeavesThePosition() {
    byte[] document = bytes(ManifestDocuments.COSIGN);
    ByteBuffer direct = ByteBuffer.allocateDirect(document.length + 20);
    direct.position(7);
    direct.put(document).limit(7 + document.length).position(7);

    assertEquals(List.of(A, B), digests(reader().read(OCI_IMAGE, direct)));
    assertEquals(List.of(A, B), digests(reader().read(OCI_IMAGE, direct.asReadOnlyBuffer())));
    assertEquals(7, direct.position());
    assertEquals(7 + document.length, direct.limit());
  }

  @Test
  void servesManyThreadsAtOnce() {
    ManifestReader reader = reader();
    Set<ManifestContent> contents =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(
                i -> reader.read(OCI_IMAGE, ByteBuffer.wrap(bytes(ManifestDocuments.ORAS_ATTACH))))
            .collect(Collectors.toSet());

    assertEquals(Set.of(read(OCI_IMAGE, ManifestDocuments.ORAS_ATTACH)), contents);
  }

  // What is no JSON object.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "null",
        "true",
        "2",
        "\"{}\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "not json",
        "<html></html>",
        "{\"schemaVersion\":2,\"manifests\":[]",
        "{\"schemaVersion\":2,\"manifests\":[",
        "{\"schemaVersion\":2,\"manif",
        "{\"schemaVersion\":2,\"manifests\":[]}{}",
        "{\"schemaVersion\":2,\"manifests\":[]},",
        "{\"schemaVersion\":2,\"manifests\":[]} x",
        "{\"schemaVersion\":2,\"manifests\":[]}\u0000",
        "\u0000{\"schemaVersion\":2,\"manifests\":[]}",
        "{\"schemaVersion\":2,\u0000\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":\"\u0000\"}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":\"\n\"}",
        "\uFEFF{\"schemaVersion\":2,\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],}",
        "{\"schemaVersion\":2,\"manifests\":[,]}",
        "{\"schemaVersion\":2 \"manifests\":[]}",
        "{\"schemaVersion\":2,'manifests':[]}",
        "{schemaVersion:2,\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[]/**/}",
        "{\"schemaVersion\":2,\"manifests\":[]}//",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":NaN}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":Infinity}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":01}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":+1}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":.5}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":1.}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":0x10}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":\"\\x\"}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":\"\\u12\"}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":nul}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\"}",
        "{\"schemaVersion\":2,\"manifests\":[],\"x\":[}]}",
        "\u00a0{\"schemaVersion\":2,\"manifests\":[]}"
      })
  void refusesWhatIsNoObjectOfJson(String document) {
    refuses(OCI_INDEX, document);
  }

  @Test
  void refusesEveryTruncation() {
    String document = ManifestDocuments.ORAS_ATTACH;

    for (int length = 0; length < document.length(); length++) {
      refuses(OCI_IMAGE, document.substring(0, length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "an overlong slash, c0af",
    "an overlong NUL, c080",
    "an overlong quote, c0a2",
    "half of a surrogate pair, eda080",
    "beyond Unicode, f4908080",
    "a lone continuation, 80",
    "a sequence that breaks off, e282",
    "never in UTF-8, ff",
    "Latin-1, e9"
  })
  void refusesWhatIsNotUtf8(String what, String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    byte[] head = bytes("{\"schemaVersion\":2,\"manifests\":[],\"x\":\"");
    byte[] tail = bytes("\"}");
    ByteBuffer document = ByteBuffer.allocate(head.length + bad.length + tail.length);
    document.put(head).put(bad).put(tail).flip();

    refuses(OCI_INDEX, document, what);
  }

  @Test
  void refusesOtherEncodings() {
    String document = "{\"schemaVersion\":2,\"manifests\":[]}";

    refuses(OCI_INDEX, ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_16LE)), "UTF-16LE");
    refuses(OCI_INDEX, ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_16BE)), "UTF-16BE");
    refuses(OCI_INDEX, ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_16)), "UTF-16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"layers\":[],\"layers\":[]",
        "\"layers\":[],\"schemaVersion\":2",
        "\"layers\":[],\"schema\\u0056ersion\":2",
        "\"layers\":[],\"x\":1,\"x\":1",
        "\"layers\":[],\"x\":1,\"y\":1,\"z\":1,\"x\":1",
        "\"layers\":[],\"x\":{\"y\":[{\"z\":1,\"z\":2}]}",
        "\"layers\":[],\"annotations\":{\"a\":\"1\",\"a\":\"2\"}"
      })
  void refusesAKeyThatStandsTwice(String fields) {
    refuses(OCI_IMAGE, image(fields));
  }

  @Test
  void refusesAKeyThatStandsTwiceInADescriptor() {
    refuses(OCI_IMAGE, imageWithLayer(descriptor(B).replace("{", "{\"digest\":\"" + C + "\",")));
  }

  @Test
  void takesTheSameKeyInDifferentObjects() {
    assertEquals(
        List.of(A),
        digests(read(OCI_IMAGE, imageWith("\"x\":{\"layers\":{\"x\":1}},\"y\":[{\"x\":1}]"))));
  }

  // What would cost too much.

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void refusesNestingOfAHundredThousandLevels(String open) {
    String deep = open.repeat(100_000);

    refuses(OCI_INDEX, deep);
    refuses(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[],\"x\":" + deep);
    refuses(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":" + deep);
    refuses(OCI_INDEX, "{\"annotations\":{\"x\":" + deep);
  }

  @Test
  void readsNestingOfDozensOfLevels() {
    String deep = "[".repeat(80) + "]".repeat(80);

    assertEquals(List.of(A), digests(read(OCI_IMAGE, imageWith("\"x\":" + deep))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "-%s", "0.%s", "1e%s", "1E-%s", "%s.5e1"})
  void refusesANumberOfThreeMegabytes(String form) {
    String number = form.formatted("7".repeat(3 << 20));

    refuses(OCI_IMAGE, imageWith("\"x\":" + number));
    refuses(OCI_IMAGE, imageWithLayer(descriptor("\"a/b\"", number, "\"" + B + "\"")));
    refuses(OCI_IMAGE, "{\"schemaVersion\":" + number + "}");
  }

  @Test
  void takesANumberThatNobodyCouldWriteOutWithoutWritingItOut() {
    assertEquals(
        List.of(A), digests(read(OCI_IMAGE, imageWith("\"x\":1e999999999,\"y\":1e-999999999"))));
  }

  @Test
  void refusesAMillionKeys() {
    refuses(OCI_IMAGE, imageWith(keys(1_000_000)));
    refuses(OCI_IMAGE, imageWith("\"x\":[{" + keys(1_000_000) + "}]"));
    refuses(
        OCI_IMAGE, imageWith("\"annotations\":{" + keys(1_000_000).replace(":0", ":\"\"") + "}"));
  }

  @Test
  void refusesManyKeysInManyOpenObjects() {
    String nested =
        IntStream.range(0, 90)
            .mapToObj(i -> keys(10_000) + ",\"x" + i + "\":{")
            .collect(Collectors.joining());

    refuses(OCI_IMAGE, imageWith("\"x\":{" + nested + "}".repeat(91)));
  }

  @Test
  void readsThousandsOfAnnotations() {
    String annotations = keys(5_000).replace(":0", ":\"\"");

    assertEquals(
        5_000,
        read(OCI_IMAGE, imageWith("\"annotations\":{" + annotations + "}")).annotations().size());
  }

  @Test
  void refusesAKeyOfThreeMegabytes() {
    refuses(OCI_IMAGE, imageWith("\"" + "k".repeat(3 << 20) + "\":0"));
  }

  // What is not of its type.

  @Test
  void refusesAnImageThatIsAnIndexToo() {
    refuses(OCI_IMAGE, imageWith("\"manifests\":[]"));
    refuses(DOCKER_IMAGE, imageWith("\"manifests\":[" + descriptor(B) + "]"));
    refuses(OCI_IMAGE, imageWith("\"manifests\":null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"layers\":[]", "\"layers\":null", "\"config\":{}"})
  void refusesAnIndexThatIsAnImageToo(String field) {
    refuses(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[]," + field + "}");
    refuses(DOCKER_LIST, "{\"schemaVersion\":2," + field + ",\"manifests\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers", "blobs"})
  void refusesAnArtifactThatIsAnIndexToo(String field) {
    refuses(OCI_ARTIFACT, "{\"manifests\":[],\"" + field + "\":[]}");
  }

  @Test
  void refusesAMediaTypeUnlikeThePushedOne() {
    refuses(OCI_INDEX, ManifestDocuments.DOCKER_MANIFEST_LIST);
    refuses(DOCKER_IMAGE, ManifestDocuments.COSIGN);
    refuses(OCI_IMAGE, imageWith("\"mediaType\":\"\""));
    refuses(OCI_IMAGE, imageWith("\"mediaType\":null"));
    refuses(OCI_IMAGE, imageWith("\"mediaType\":[\"" + OCI_IMAGE + "\"]"));
    refuses(OCI_IMAGE, imageWith("\"mediaType\":\"" + OCI_IMAGE + "; charset=utf-8\""));
    refuses(OCI_IMAGE, imageWith("\"mediaType\":\"" + "x/".repeat(1 << 20) + "\""));
    refuses(OCI_ARTIFACT, "{\"mediaType\":\"application/vnd.example+json\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "2.0", "2e0", "20e-1", "-2", "\"2\"", "null", "true", "[2]"})
  void refusesAnotherSchemaVersion(String version) {
    refuses(
        OCI_IMAGE,
        "{\"schemaVersion\":%s,\"config\":%s,\"layers\":[]}".formatted(version, descriptor(A)));
    refuses(OCI_INDEX, "{\"schemaVersion\":%s,\"manifests\":[]}".formatted(version));
  }

  @Test
  void refusesWhatLacksARequiredField() {
    refuses(OCI_IMAGE, "{}");
    refuses(OCI_INDEX, "{}");
    refuses(OCI_IMAGE, "{\"schemaVersion\":2,\"layers\":[]}");
    refuses(OCI_IMAGE, "{\"schemaVersion\":2,\"config\":%s}".formatted(descriptor(A)));
    refuses(OCI_IMAGE, "{\"config\":%s,\"layers\":[]}".formatted(descriptor(A)));
    refuses(OCI_INDEX, "{\"schemaVersion\":2}");
    refuses(OCI_INDEX, "{\"manifests\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\"\"", "0", "[null]", "[[]]", "[\"%s\"]", "[{}]"})
  void refusesListsThatHoldNoDescriptors(String list) {
    String value = list.formatted(B);

    refuses(OCI_IMAGE, image("\"layers\":" + value));
    refuses(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":" + value + "}");
    refuses(OCI_ARTIFACT, "{\"blobs\":" + value + "}");
    refuses(OCI_ARTIFACT, "{\"layers\":" + value + "}");
    refuses(OCI_ARTIFACT, "{\"manifests\":" + value + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "\"%s\"", "0"})
  void refusesAConfigOrSubjectThatIsNoDescriptor(String text) {
    String value = text.formatted(B);

    refuses(OCI_IMAGE, "{\"schemaVersion\":2,\"layers\":[],\"config\":" + value + "}");
    refuses(OCI_IMAGE, imageWith("\"subject\":" + value));
    refuses(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[],\"subject\":" + value + "}");
    refuses(OCI_ARTIFACT, "{\"config\":" + value + "}");
    refuses(OCI_ARTIFACT, "{\"subject\":" + value + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0",
        "0.0",
        "1.0",
        "1.5",
        "1e3",
        "1E0",
        "9223372036854775808",
        "\"5\"",
        "null",
        "true",
        "[5]",
        "{}",
        "18446744073709551616",
        "-9223372036854775809"
      })
  void refusesASizeThatIsNoWholeNumber(String size) {
    refuses(OCI_IMAGE, imageWithLayer(descriptor("\"a/b\"", size, "\"" + B + "\"")));
    refuses(OCI_IMAGE, imageWith("\"subject\":" + descriptor("\"a/b\"", size, "\"" + B + "\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"sha256\"",
        "\"sha256:\"",
        "\":abc\"",
        "\"sha256:abc\"",
        "\"sha256:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\"",
        "\"md5:d41d8cd98f00b204e9800998ecf8427e\"",
        "\"sha256:../../../etc/passwd\"",
        "\"sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\\n\"",
        "\" sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"",
        "null",
        "7",
        "[]",
        "{}"
      })
  void refusesADigestThatIsNone(String digest) {
    refuses(OCI_IMAGE, imageWithLayer(descriptor("\"a/b\"", "1", digest)));
    refuses(
        OCI_INDEX,
        "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(descriptor("\"a/b\"", "1", digest)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a\"", "\"a/\"", "\"a/b;c=d\"", "\"a /b\"", "null", "1", "[]"})
  void refusesADescriptorWithoutAMediaType(String mediaType) {
    refuses(OCI_IMAGE, imageWithLayer(descriptor(mediaType, "1", "\"" + B + "\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mediaType", "size", "digest"})
  void refusesADescriptorThatLacks(String field) {
    refuses(OCI_IMAGE, imageWithLayer(descriptor(B).replace(field, "x")));
    refuses(
        OCI_IMAGE,
        image("\"layers\":[%s,%s]".formatted(descriptor(B), descriptor(B).replace(field, "x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"data\":7",
        "\"data\":null",
        "\"artifactType\":{}",
        "\"urls\":\"https://example.com\"",
        "\"urls\":[1]",
        "\"annotations\":[]",
        "\"annotations\":{\"a\":1}",
        "\"platform\":\"linux\""
      })
  void refusesADescriptorWithAFieldOfAnotherForm(String field) {
    refuses(OCI_IMAGE, imageWithLayer(descriptor(B).replace("{", "{" + field + ",")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"a\"",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\udc00\":\"\"}"
      })
  void refusesAnnotationsThatAreNoStrings(String annotations) {
    refuses(OCI_IMAGE, imageWith("\"annotations\":" + annotations));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "[]", "{}", "\"\\udfff\""})
  void refusesAnArtifactTypeThatIsNoString(String artifactType) {
    refuses(OCI_IMAGE, imageWith("\"artifactType\":" + artifactType));
  }

  // Types that are not known, or known too well.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws"
      })
  void refusesSchema1ByItsType(String type) {
    assertTrue(refuses(new MediaType(type), "{\"schemaVersion\":1}").contains("schema 1"));
    assertTrue(refuses(new MediaType(type), image("\"layers\":[]")).contains("schema 1"));
  }

  @Test
  void refusesSchema1UnderAnotherType() {
    String schema1 =
        "{\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"b\",\"fsLayers\":[{\"blobSum\":\"%s\"}]}"
            .formatted(A);

    for (MediaType type : List.of(OCI_IMAGE, OCI_INDEX, DOCKER_IMAGE, DOCKER_LIST, OCI_ARTIFACT)) {
      assertTrue(refuses(type, schema1).contains("schema 1"), type::value);
    }
    assertTrue(refuses(OCI_IMAGE, imageWith("\"fsLayers\":[]")).contains("schema 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/octet-stream",
        "text/plain",
        "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/x-yaml"
      })
  void refusesTypesThatNoManifestHas(String type) {
    refuses(new MediaType(type), image("\"layers\":[]"));
    refuses(new MediaType(type), "{}");
  }

  @Test
  void readsWhatAnUnknownTypeRefersTo() {
    MediaType type = new MediaType("application/vnd.example.bundle.v7+json");
    String document =
        "{\"schemaVersion\":7,\"layers\":[%s],\"subject\":%s,\"config\":%s,\"x\":[]}"
            .formatted(descriptor(B), descriptor(C), descriptor(A));

    assertEquals(List.of(A, B, C), digests(read(type, document)));
    assertEquals(Optional.empty(), read(type, document).artifactType());
    assertEquals(
        List.of(EdgeRole.CHILD),
        read(type, "{\"manifests\":[" + descriptor(A) + "]}").references().stream()
            .map(ManifestReference::role)
            .toList());
    assertEquals(List.of(), read(type, "{}").references());
  }

  private ManifestContent read(MediaType mediaType, String document) {
    return reader().read(mediaType, ByteBuffer.wrap(bytes(document)));
  }

  private String refuses(MediaType mediaType, String document) {
    String start = document.substring(0, Math.min(100, document.length()));
    return refuses(mediaType, ByteBuffer.wrap(bytes(document)), start);
  }

  private String refuses(MediaType mediaType, ByteBuffer document, String what) {
    int position = document.position();
    String message =
        assertThrows(ManifestInvalidException.class, () -> reader().read(mediaType, document), what)
            .getMessage();
    assertEquals(position, document.position());
    assertFalse(message.isBlank(), what);
    assertTrue(message.length() <= LONGEST_MESSAGE, () -> "too long: " + message.length());
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    return message;
  }

  private static List<String> digests(ManifestContent content) {
    return content.references().stream().map(r -> r.digest().toString()).toList();
  }

  private static ManifestReference reference(
      EdgeRole role, String mediaType, long size, String digest) {
    return new ManifestReference(role, new MediaType(mediaType), size, Digest.parse(digest));
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + Integer.toString(i, Character.MAX_RADIX) + "\":0")
        .collect(Collectors.joining(","));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
