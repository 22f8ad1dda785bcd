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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists as they are given to clients that ask for no number. */
class LongListsTest extends ServerTest {
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([^\"]*)\"");

  @Test
  void givesAllTagsAtOnce() throws IOException {
    String image = image("a", "v1");
    String tags =
        IntStream.range(0, 100).mapToObj(i -> "tag=t" + i).collect(Collectors.joining("&"));
    pushManifest("a", sha256(bytes(image)) + "?" + tags, IMAGE, image);
    HttpResponse<byte[]> listed = get("/v2/a/tags/list");
    assertEquals(100, text(listed).split("\"t", -1).length - 2, text(listed));
    assertEquals("", header(listed, "Link"));
  }

  @Test
  void givesAllRepositoriesAtOnce() throws IOException {
    for (int i = 0; i < 150; i++) {
      pushBlob("r" + i, bytes("x"));
    }
    HttpResponse<byte[]> listed = get("/v2/_catalog");
    assertEquals(150, text(listed).split("\"r[0-9]", -1).length - 1, text(listed));
    assertEquals("", header(listed, "Link"));
  }

  @Test
  void givesThousandsOfReferrersInPages() throws IOException {
    String subject = sha256(bytes("subject"));
    TreeSet<String> pushed = new TreeSet<>();
    for (int i = 0; i < 3_000; i++) {
      String referrer =
          index(
              "",
              ",\"subject\":"
                  + descriptor(IMAGE, subject, 7)
                  + ",\"annotations\":{\"n\":\""
                  + i
                  + "x".repeat(1_400)
                  + "\"}");
      String digest = sha256(bytes(referrer));
      pushManifest("a", digest, INDEX, referrer);
      pushed.add(digest);
    }
    List<String> listed = new ArrayList<>();
    int pages = 0;
    String path = "/v2/a/referrers/" + subject;
    while (!path.isEmpty()) {
      HttpResponse<byte[]> page = get(path);
      assertEquals(200, page.statusCode());
      assertTrue(page.body().length < 4 * 1024 * 1024, () -> page.body().length + " bytes");
      Matcher matcher = DIGEST.matcher(text(page));
      while (matcher.find()) {
        listed.add(matcher.group(1));
      }
      pages++;
      String link = header(page, "Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertEquals(List.copyOf(pushed), listed);
    assertTrue(pages > 1, () -> "one page");
  }
}
