package dev.stowage.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a library brings to the class path of whoever embeds it, used or not. */
class DeclaredDependenciesTest {
  @ParameterizedTest
  @CsvSource({
    "blob-api,jspecify",
    "blob-core,stowage-blob-api",
    "adapter-fs,stowage-blob-api slf4j-api",
    "adapter-rocksdb,stowage-blob-api slf4j-api rocksdbjni",
    "adapter-http,stowage-blob-api slf4j-api jetty-server jetty-unixdomain-server jetty-client"
        + " jackson-databind"
  })
  void areThoseOfTheModuleAlone(String module, String artifacts) throws Exception {
    assertEquals(Set.copyOf(List.of(artifacts.split(" ", -1))), declared(module));
  }

  private static Set<String> declared(String module) throws Exception {
    Document pom =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("..", module, "pom.xml").toFile());
    XPath path = XPathFactory.newDefaultInstance().newXPath();
    NodeList found =
        (NodeList)
            path.evaluate(
                "/project/dependencies/dependency[not(scope = 'test')]/artifactId",
                pom,
                XPathConstants.NODESET);
    Set<String> artifacts = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      artifacts.add(found.item(i).getTextContent());
    }
    return artifacts;
  }
}
