package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCatalogTest extends ServerTest {
  @Override
  HttpOptions options() {
    return TestOptions.withMaxPage(3);
  }

  private void assertLists(String query, String link, String... names) throws IOException {
    HttpResponse<byte[]> listed = get("/v2/_catalog" + query);
    assertEquals(200, listed.statusCode(), text(listed));
    String quoted = names.length == 0 ? "" : "\"" + String.join("\",\"", names) + "\"";
    assertEquals("{\"repositories\":[" + quoted + "]}", text(listed));
    assertEquals(
        link.isEmpty() ? "" : "</v2/_catalog" + link + ">; rel=\"next\"", header(listed, "Link"));
    assertEquals("application/json", header(listed, "Content-Type"));
  }

  @Test
  void listsNothingAtFirst() throws IOException {
    assertLists("", "");
  }

  @Test
  void listsInByteOrderPageByPage() throws IOException {
    for (String name : new String[] {"b", "team/b", "a", "team/a", "team"}) {
      pushBlob(name, bytes("x"));
    }
    assertLists("", "?n=3&last=team", "a", "b", "team");
    assertLists("?n=1000", "?n=3&last=team", "a", "b", "team");
    assertLists("?n=2&last=b", "?n=2&last=team%2Fa", "team", "team/a");
    assertLists("?n=2&last=team%2Fa", "", "team/b");
    assertLists("?last=c", "", "team", "team/a", "team/b");
    assertLists("?n=0", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=abc", "n="})
  void refusesWhatIsNoNumber(String query) throws IOException {
    assertRefused(400, "UNSUPPORTED", get("/v2/_catalog?" + query));
  }

  @Test
  void refusesALastThatIsNoName() throws IOException {
    assertRefused(400, "NAME_INVALID", get("/v2/_catalog?last=A"));
  }

  @Test
  void answersHead() throws IOException {
    HttpResponse<byte[]> head = head("/v2/_catalog");
    assertEquals(200, head.statusCode());
    assertEquals(header(get("/v2/_catalog"), "Content-Length"), header(head, "Content-Length"));
  }
}
