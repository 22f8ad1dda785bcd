package dev.stowage.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.MediaType;
import dev.stowage.contract.ManifestReaderContract;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.ManifestReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract, and that every refusal says where and why. */
class JacksonManifestReaderTest extends ManifestReaderContract {
  private static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String DESCRIPTOR =
      "{\"mediaType\":\"a/b\",\"size\":1,\"digest\":\"" + DIGEST + "\"}";

  @Override
  protected ManifestReader reader() {
    return new JacksonManifestReader();
  }

  // D stands for a sound descriptor.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'layers':[D,D,{'size':'5'}]} | layers[2].size is not a whole number",
        "{'layers':[D,{'size':1.0}]} | layers[1].size is not a whole number",
        "{'layers':[D,{'size':-1}]} | layers[1].size is negative",
        "{'layers':[{'size':9223372036854775808}]} | layers[0].size is beyond what 63 bits hold",
        "{'layers':[D,{'mediaType':'a/b','size':1}]} | layers[1] has no digest",
        "{'layers':[D,{'mediaType':'a/b','digest':'sha256:0'}]} | layers[1].digest is not a digest:"
            + " sha256 takes 64 lower-case hex digits",
        "{'layers':[{'digest':'md5:0'}]} | layers[0].digest is of no use here: digest algorithm"
            + " \"md5\" is not supported; sha256 and sha512 are",
        "{'layers':[{'mediaType':'a'}]} | layers[0].mediaType is not a media type, such as"
            + " application/octet-stream",
        "{'layers':[[]]} | layers[0] is not an object",
        "{'layers':{}} | layers is not an array",
        "{'layers':[{'urls':['x',1]}]} | layers[0].urls[1] is not a string",
        "{'layers':[{'annotations':{'a.b/c':1}}]} | layers[0].annotations.a.b/c is not a string",
        "{'config':{}} | config has no mediaType",
        "{'config':null} | config is not an object",
        "{'subject':{'mediaType':'a/b'}} | subject has no size",
        "{'annotations':{'a':null}} | annotations.a is not a string",
        "{'annotations':{'a':'\\ud800'}} | annotations.a holds half of a surrogate pair",
        "{'annotations':{'a':'','a':''}} | annotations.a stands twice in its object",
        "{'x':{'y':[0,{'z':0,'\\u007a':0}]}} | x.y[1].z stands twice in its object",
        "{'artifactType':1} | artifactType is not a string",
        "{'schemaVersion':'2'} | schemaVersion is not the integer 2",
        "{'schemaVersion':1} | Docker schema 1 manifests are not supported; push schema 2 or OCI",
        "{'mediaType':'a/b'} | mediaType is \"a/b\", but the document was pushed as"
            + " application/vnd.oci.image.manifest.v1+json",
        "{'mediaType':'\\u000aé'} | mediaType is \"??\", but the document was pushed as"
            + " application/vnd.oci.image.manifest.v1+json",
        "{'manifests':[]} | manifests does not belong into a document of type"
            + " application/vnd.oci.image.manifest.v1+json",
        "{'config':D,'layers':[]} | a document of type application/vnd.oci.image.manifest.v1+json"
            + " needs schemaVersion",
        "[] | the document is not an object",
        "{} {} | something follows the end of the document",
        "{'x':1 | the document ends too early",
        "{'x':1,} | the document is not well-formed JSON at line 1, column 8",
        "{'x':NaN} | the document is not well-formed JSON at line 1, column 9"
      })
  void saysWhereAndWhy(String document, String message) {
    String json = document.replace('\'', '"').replace("D", DESCRIPTOR);
    assertEquals(message, refusal(OCI_IMAGE, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void saysWhatIsWrongWithTheBytes() {
    assertEquals("the document is empty", refusal(OCI_INDEX, new byte[0]));
    assertEquals(
        "the document is not UTF-8 at byte 2",
        refusal(OCI_INDEX, new byte[] {'{', '"', (byte) 0xff}));
    assertEquals(
        "the document begins with a byte order mark",
        refusal(OCI_INDEX, "\uFEFF{}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void saysWhichLimitWasPassed() {
    String limits =
        "the document goes beyond a limit: 100 levels of nesting, 1000 characters to a number,"
            + " 50000 to a name";

    assertEquals(limits, refusal(OCI_INDEX, bytes("{\"x\":" + "[".repeat(100))));
    assertEquals(limits, refusal(OCI_INDEX, bytes("{\"x\":" + "1".repeat(1001) + "}")));
    assertEquals(limits, refusal(OCI_INDEX, bytes("{\"" + "x".repeat(50_001) + "\":1}")));
  }

  @Test
  void countsTheNamesOfOpenObjectsOnly() {
    String small = "{\"a\":0,\"b\":0,\"c\":0}";
    String many = (small + ",").repeat(20_000);

    assertEquals(
        0,
        reader()
            .read(
                new MediaType(OCI_INDEX),
                ByteBuffer.wrap(
                    bytes("{\"schemaVersion\":2,\"x\":[" + many + small + "],\"manifests\":[]}")))
            .references()
            .size());
  }

  @Test
  void cutsWhatItQuotes() {
    String name = "n".repeat(40_000);

    assertEquals(
        "annotations." + "n".repeat(60) + "… is not a string",
        refusal(OCI_IMAGE, bytes("{\"annotations\":{\"" + name + "\":1}}")));
    assertEquals(
        "the document has objects with more than 10000 names",
        refusal(OCI_IMAGE, bytes("{" + names(10_001) + "}")));
  }

  @Test
  void saysWhichTypesItTakes() {
    assertEquals(
        "application/json is no type of a manifest; expected is one that ends in +json",
        refusal("application/json", bytes("{}")));
  }

  private String refusal(String mediaType, byte[] document) {
    return assertThrows(
            ManifestInvalidException.class,
            () -> reader().read(new MediaType(mediaType), ByteBuffer.wrap(document)))
        .getMessage();
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder("\"0\":0");
    for (int i = 1; i < count; i++) {
      names.append(",\"").append(i).append("\":0");
    }
    return names.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
