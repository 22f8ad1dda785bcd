package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListReferrersTest extends ServerTest {
  private static final byte[] SUBJECT_BYTES = bytes("a subject that is nowhere");
  private static final String SUBJECT = sha256(SUBJECT_BYTES);
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([^\"]*)\"");

  /** Pushes a referrer and gives its digest. */
  private String refer(String repository, String name, String fields) throws IOException {
    String subject = ",\"subject\":" + descriptor(IMAGE, SUBJECT, SUBJECT_BYTES.length);
    String image = image(repository, name, subject + fields);
    String digest = sha256(bytes(image));
    pushManifest(repository, digest, IMAGE, image);
    return digest;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/none/referrers/", "/v2/a/referrers/"})
  void listsNothingWhereNothingRefers(String path) throws IOException {
    pushBlob("a", bytes("x"));
    HttpResponse<byte[]> listed = get(path + SUBJECT);
    assertEquals(200, listed.statusCode());
    assertEquals(index("", ""), text(listed));
    assertEquals(INDEX, header(listed, "Content-Type"));
    assertEquals("", header(listed, "Link"));
    assertEquals("", header(listed, "OCI-Filters-Applied"));
    assertEquals(200, get(path + "sha256:" + "0".repeat(64)).statusCode());
  }

  @Test
  void listsWhatRefers() throws IOException {
    String referrer =
        refer(
            "a",
            "one",
            ",\"artifactType\":\"application/vnd.x+json\",\"annotations\":{\"k\":\"v\"}");
    int size = get("/v2/a/manifests/" + referrer).body().length;
    HttpResponse<byte[]> listed = get("/v2/a/referrers/" + SUBJECT);
    assertEquals(
        index(
            "{\"mediaType\":\""
                + IMAGE
                + "\",\"digest\":\""
                + referrer
                + "\",\"size\":"
                + size
                + ",\"artifactType\":\"application/vnd.x+json\",\"annotations\":{\"k\":\"v\"}}",
            ""),
        text(listed));
    assertEquals(INDEX, header(listed, "Content-Type"));
  }

  @Test
  void takesTheTypeOfTheConfigForWantOfAnother() throws IOException {
    refer("a", "one", "");
    assertTrue(
        text(get("/v2/a/referrers/" + SUBJECT)).contains("\"artifactType\":\"" + CONFIG + "\""));
  }

  @Test
  void listsByAnyAlgorithmOfTheSubject() throws IOException {
    String image = image("a", "subject");
    pushManifest("a", sha512(bytes(image)), IMAGE, image);
    String referrer =
        image(
            "a",
            "referrer",
            ",\"subject\":" + descriptor(IMAGE, sha512(bytes(image)), bytes(image).length));
    HttpResponse<byte[]> pushed = pushManifest("a", "referrer", IMAGE, referrer);
    assertEquals(sha512(bytes(image)), header(pushed, "OCI-Subject"));
    for (String digest : new String[] {sha256(bytes(image)), sha512(bytes(image))}) {
      assertEquals(List.of(sha256(bytes(referrer))), digests(get("/v2/a/referrers/" + digest)));
    }
  }

  @Test
  void listsOnlyWhatRefersInTheRepository() throws IOException {
    refer("a", "one", "");
    assertEquals(index("", ""), text(get("/v2/b/referrers/" + SUBJECT)));
  }

  @Test
  void filtersByType() throws IOException {
    String wanted = refer("a", "one", ",\"artifactType\":\"application/vnd.x+json\"");
    refer("a", "two", ",\"artifactType\":\"application/vnd.y+json\"");
    HttpResponse<byte[]> listed =
        get("/v2/a/referrers/" + SUBJECT + "?artifactType=application%2Fvnd.x%2Bjson");
    assertEquals(List.of(wanted), digests(listed));
    assertEquals("artifactType", header(listed, "OCI-Filters-Applied"));
    HttpResponse<byte[]> none =
        get("/v2/a/referrers/" + SUBJECT + "?artifactType=application/vnd.x+json");
    assertEquals(List.of(), digests(none), "a raw plus is a space");
    assertEquals("artifactType", header(none, "OCI-Filters-Applied"));
  }

  @Test
  void forgetsAReferrerThatIsDeleted() throws IOException {
    String referrer = refer("a", "one", "");
    assertEquals(202, delete("/v2/a/manifests/" + referrer).statusCode());
    assertEquals(index("", ""), text(get("/v2/a/referrers/" + SUBJECT)));
  }

  @Test
  void givesLongListsInPages() throws IOException {
    TreeSet<String> pushed = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      String pad = "x".repeat(1_500_000);
      pushed.add(
          refer(
              "a",
              "n" + i,
              ",\"artifactType\":\"application/vnd.x+json\",\"annotations\":{\"pad\":\""
                  + pad
                  + "\"}"));
    }
    List<String> listed = new ArrayList<>();
    int pages = 0;
    String path = "/v2/a/referrers/" + SUBJECT + "?artifactType=application%2Fvnd.x%2Bjson";
    while (!path.isEmpty()) {
      HttpResponse<byte[]> page = get(path);
      assertEquals(200, page.statusCode());
      assertTrue(page.body().length < 4 * 1024 * 1024, () -> page.body().length + " bytes");
      listed.addAll(digests(page));
      pages++;
      String link = header(page, "Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertEquals(List.copyOf(pushed), listed);
    assertTrue(pages > 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:x", "x", "md5:00", "sha256:"})
  void refusesWhatIsNoDigest(String digest) throws IOException {
    assertRefused(400, "DIGEST_INVALID", get("/v2/a/referrers/" + digest));
  }

  @Test
  void refusesALastThatIsNoDigest() throws IOException {
    assertRefused(400, "DIGEST_INVALID", get("/v2/a/referrers/" + SUBJECT + "?last=x"));
  }

  private static List<String> digests(HttpResponse<byte[]> response) {
    List<String> digests = new ArrayList<>();
    Matcher matcher = DIGEST.matcher(text(response));
    while (matcher.find()) {
      digests.add(matcher.group(1));
    }
    return digests;
  }

  @Test
  void saysATypeOfAnIndexOnlyIfItHasOne() throws IOException {
    String subject = ",\"subject\":" + descriptor(IMAGE, SUBJECT, SUBJECT_BYTES.length);
    String plain = index("", subject);
    pushManifest("a", sha256(bytes(plain)), INDEX, plain);
    assertEquals(index(descriptor(INDEX, plain), ""), text(get("/v2/a/referrers/" + SUBJECT)));
    String typed = index("", subject + ",\"artifactType\":\"a/vnd.b\"");
    HttpResponse<byte[]> pushed = pushManifest("a", "typed", INDEX, typed);
    assertEquals(SUBJECT, header(pushed, "OCI-Subject"));
    assertEquals(
        List.of(sha256(bytes(typed))),
        digests(get("/v2/a/referrers/" + SUBJECT + "?artifactType=a/vnd.b")));
  }

  @Test
  void keepsReferrersWhoseSubjectIsDeleted() throws IOException {
    String subject = image("a", "subject");
    String digest = sha256(bytes(subject));
    pushManifest("a", digest, IMAGE, subject);
    String referrer = image("a", "one", ",\"subject\":" + descriptor(IMAGE, subject));
    pushManifest("a", "one", IMAGE, referrer);
    assertEquals(202, delete("/v2/a/manifests/" + digest).statusCode());
    assertEquals(200, head("/v2/a/manifests/one").statusCode());
    assertEquals(List.of(sha256(bytes(referrer))), digests(get("/v2/a/referrers/" + digest)));
  }

  @Test
  void listsWhatAFallbackTagListsToo() throws IOException {
    String referrer = refer("a", "one", "");
    String size = Integer.toString(get("/v2/a/manifests/" + referrer).body().length);
    String fallback = index(descriptor(IMAGE, referrer, Long.parseLong(size)), "");
    String tag = SUBJECT.replace(':', '-');
    HttpResponse<byte[]> pushed = pushManifest("a", tag, INDEX, fallback);
    assertEquals("", header(pushed, "OCI-Subject"));
    assertEquals(List.of(referrer), digests(get("/v2/a/referrers/" + SUBJECT)));
    assertEquals(fallback, text(get("/v2/a/manifests/" + tag)));
    assertEquals(202, delete("/v2/a/manifests/" + tag).statusCode());
    assertEquals(List.of(referrer), digests(get("/v2/a/referrers/" + SUBJECT)));
  }

  @Test
  void takesANumberForNothing() throws IOException {
    String referrer = refer("a", "one", "");
    for (String n : List.of("0", "-1", "x", "1000000000000000000")) {
      assertEquals(List.of(referrer), digests(get("/v2/a/referrers/" + SUBJECT + "?n=" + n)));
    }
  }

  @Test
  void answersHead() throws IOException {
    HttpResponse<byte[]> head = head("/v2/a/referrers/" + SUBJECT);
    assertEquals(200, head.statusCode());
    assertEquals(INDEX, header(head, "Content-Type"));
    assertEquals(Integer.toString(index("", "").length()), header(head, "Content-Length"));
  }
}
