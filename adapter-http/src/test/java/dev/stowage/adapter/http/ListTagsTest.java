package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListTagsTest extends ServerTest {
  @BeforeEach
  void pushTags() throws IOException {
    String image = image("team/a", "v1");
    pushManifest(
        "team/a", sha256(bytes(image)) + "?tag=b&tag=a&tag=B&tag=_x&tag=1.0&tag=c", IMAGE, image);
  }

  @Override
  HttpOptions options() {
    return TestOptions.withMaxPage(5);
  }

  private static String list(String... tags) {
    String quoted = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
    return "{\"name\":\"team/a\",\"tags\":[" + quoted + "]}";
  }

  private void assertLists(String query, String link, String... tags) throws IOException {
    HttpResponse<byte[]> listed = get("/v2/team/a/tags/list" + query);
    assertEquals(200, listed.statusCode(), text(listed));
    assertEquals(list(tags), text(listed));
    assertEquals(
        link.isEmpty() ? "" : "</v2/team/a/tags/list" + link + ">; rel=\"next\"",
        header(listed, "Link"));
    assertEquals("application/json", header(listed, "Content-Type"));
  }

  @Test
  void listsInByteOrder() throws IOException {
    assertLists("?n=4", "?n=4&last=a", "1.0", "B", "_x", "a");
  }

  @Test
  void goesOnBehindTheLast() throws IOException {
    assertLists("?n=4&last=a", "", "b", "c");
    assertLists("?last=_x", "", "a", "b", "c");
    assertLists("?n=1&last=aa", "?n=1&last=b", "b");
    assertLists("?n=2&last=z", "");
    assertLists("?n=2&last=b", "", "c");
  }

  @Test
  void isBoundedWithoutANumberAndWithAHugeOne() throws IOException {
    assertLists("", "?n=5&last=b", "1.0", "B", "_x", "a", "b");
    assertLists("?n=1000000000000000000", "?n=5&last=b", "1.0", "B", "_x", "a", "b");
    assertLists("?n=6", "?n=5&last=b", "1.0", "B", "_x", "a", "b");
  }

  @Test
  void listsNothingForZero() throws IOException {
    assertLists("?n=0", "");
    assertLists("?n=0&last=a", "");
  }

  @Test
  void isCompleteWhenItsLinksAreFollowed() throws IOException {
    List<String> pages = new ArrayList<>();
    String path = "/v2/team/a/tags/list?n=2";
    while (!path.isEmpty()) {
      HttpResponse<byte[]> page = get(path);
      pages.add(text(page));
      String link = header(page, "Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertEquals(List.of(list("1.0", "B"), list("_x", "a"), list("b", "c")), pages);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=abc", "n=", "n=1.5", "n=1&n=2"})
  void refusesWhatIsNoNumber(String query) throws IOException {
    assertRefused(400, "UNSUPPORTED", get("/v2/team/a/tags/list?" + query));
  }

  @ParameterizedTest
  @ValueSource(strings = {".x", "a%00b", "a%2Fb", "%C3%A4"})
  void refusesALastThatIsNoTag(String last) throws IOException {
    assertRefused(400, "MANIFEST_INVALID", get("/v2/team/a/tags/list?last=" + last));
  }

  @Test
  void refusesAVeryLongLast() throws IOException {
    assertRefused(400, "MANIFEST_INVALID", get("/v2/team/a/tags/list?last=" + "x".repeat(10_000)));
  }

  @Test
  void takesAnEmptyLastForNone() throws IOException {
    assertLists("?n=1&last=", "?n=1&last=1.0", "1.0");
  }

  @Test
  void knowsNoRepositoryThatHoldsNothing() throws IOException {
    assertRefused(404, "NAME_UNKNOWN", get("/v2/none/tags/list"));
  }

  @Test
  void listsNothingWhereThereAreOnlyBlobs() throws IOException {
    pushBlob("b", bytes("x"));
    assertEquals("{\"name\":\"b\",\"tags\":[]}", text(get("/v2/b/tags/list")));
  }

  @Test
  void answersHead() throws IOException {
    HttpResponse<byte[]> head = head("/v2/team/a/tags/list");
    assertEquals(200, head.statusCode());
    assertEquals(
        header(get("/v2/team/a/tags/list"), "Content-Length"), header(head, "Content-Length"));
  }
}
