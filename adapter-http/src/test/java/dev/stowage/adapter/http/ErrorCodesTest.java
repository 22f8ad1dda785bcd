package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.error.OciCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each code that a refusal may have, and what is said with it. */
class ErrorCodesTest extends ServerTest {
  private static final String NOWHERE = sha256(bytes("nowhere"));
  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");

  private static void assertSays(String fact, HttpResponse<byte[]> refused) {
    assertTrue(text(refused).contains(fact), text(refused));
  }

  private HttpResponse<byte[]> blobUnknown() throws IOException {
    return get("/v2/a/blobs/" + NOWHERE);
  }

  private HttpResponse<byte[]> blobUploadInvalid() throws IOException {
    return patch(beginUpload("a"), bytes("x"), "Content-Range", "7-7");
  }

  private HttpResponse<byte[]> blobUploadUnknown() throws IOException {
    return get("/v2/a/blobs/uploads/00000000-0000-0000-0000-000000000000");
  }

  private HttpResponse<byte[]> digestInvalid() throws IOException {
    return put(beginUpload("a") + "?digest=" + NOWHERE, bytes("x"));
  }

  private HttpResponse<byte[]> manifestBlobUnknown() throws IOException {
    return putManifest("a", "v1", IMAGE, image("b", "v1"));
  }

  private HttpResponse<byte[]> manifestInvalid() throws IOException {
    return putManifest("a", "v1", IMAGE, "{}");
  }

  private HttpResponse<byte[]> manifestUnknown() throws IOException {
    return get("/v2/a/manifests/none");
  }

  private HttpResponse<byte[]> nameInvalid() throws IOException {
    return get("/v2/A/tags/list");
  }

  private HttpResponse<byte[]> nameUnknown() throws IOException {
    return get("/v2/none/tags/list");
  }

  private HttpResponse<byte[]> sizeInvalid() throws IOException {
    return patch(beginUpload("a"), bytes("x"), "Content-Range", "0-1");
  }

  private HttpResponse<byte[]> unsupported() throws IOException {
    return delete("/v2/");
  }

  @Test
  void namesTheBlobThatIsUnknown() throws IOException {
    assertRefused(404, "BLOB_UNKNOWN", blobUnknown());
    assertSays("\"digest\":\"" + NOWHERE + "\"", blobUnknown());
  }

  @Test
  void saysWhereAnInvalidUploadStands() throws IOException {
    assertRefused(416, "BLOB_UPLOAD_INVALID", blobUploadInvalid());
    assertSays("\"expected\":\"0\",\"actual\":\"7\"", blobUploadInvalid());
  }

  @Test
  void namesTheUploadThatIsUnknown() throws IOException {
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", blobUploadUnknown());
    assertSays("\"upload\":\"00000000-0000-0000-0000-000000000000\"", blobUploadUnknown());
  }

  @Test
  void saysBothDigestsOfWhatIsSomethingElse() throws IOException {
    assertRefused(400, "DIGEST_INVALID", digestInvalid());
    assertSays("\"expected\":\"" + NOWHERE + "\"", digestInvalid());
    assertSays("\"actual\":\"" + sha256(bytes("x")) + "\"", digestInvalid());
  }

  @Test
  void namesTheBlobsThatAManifestMisses() throws IOException {
    assertRefused(400, "MANIFEST_BLOB_UNKNOWN", manifestBlobUnknown());
    assertSays(sha256(bytes("layer of v1")), manifestBlobUnknown());
  }

  @Test
  void saysWhatIsWrongWithAManifest() throws IOException {
    assertRefused(400, "MANIFEST_INVALID", manifestInvalid());
    assertSays("schemaVersion", manifestInvalid());
  }

  @Test
  void namesTheManifestThatIsUnknown() throws IOException {
    assertRefused(404, "MANIFEST_UNKNOWN", manifestUnknown());
    assertSays("\"reference\":\"none\"", manifestUnknown());
  }

  @Test
  void repeatsTheNameThatIsInvalid() throws IOException {
    assertRefused(400, "NAME_INVALID", nameInvalid());
    assertSays("\"name\":\"A\"", nameInvalid());
  }

  @Test
  void namesTheRepositoryThatIsUnknown() throws IOException {
    assertRefused(404, "NAME_UNKNOWN", nameUnknown());
    assertSays("\"name\":\"none\"", nameUnknown());
  }

  @Test
  void saysBothSizesOfWhatIsShorterOrLonger() throws IOException {
    assertRefused(400, "SIZE_INVALID", sizeInvalid());
    assertSays("\"expected\":\"2\",\"actual\":\"1\"", sizeInvalid());
  }

  @Test
  void saysWhatItDoesNotSupport() throws IOException {
    assertRefused(405, "UNSUPPORTED", unsupported());
  }

  @Test
  void hasEveryCodeOfTheSpecificationButThoseOfAccess() throws IOException {
    List<HttpResponse<byte[]>> refusals =
        List.of(
            blobUnknown(),
            blobUploadInvalid(),
            blobUploadUnknown(),
            digestInvalid(),
            manifestBlobUnknown(),
            manifestInvalid(),
            manifestUnknown(),
            nameInvalid(),
            nameUnknown(),
            sizeInvalid(),
            unsupported());
    Set<OciCode> said = EnumSet.noneOf(OciCode.class);
    for (HttpResponse<byte[]> refusal : refusals) {
      said.addAll(codes(text(refusal)));
    }
    assertEquals(
        EnumSet.complementOf(
            EnumSet.of(
                OciCode.UNAUTHORIZED,
                OciCode.DENIED,
                OciCode.TOOMANYREQUESTS,
                OciCode.UNAVAILABLE,
                OciCode.UNKNOWN)),
        said);
  }

  private static List<OciCode> codes(String body) {
    List<OciCode> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(body);
    while (matcher.find()) {
      codes.add(OciCode.valueOf(matcher.group(1)));
    }
    return codes;
  }
}
