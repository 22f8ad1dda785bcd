package dev.stowage.core;

import dev.stowage.contract.RegistryContract;
import dev.stowage.registry.Registry;
import dev.stowage.spi.ManifestReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The registry keeps the contract over the ports' references, and leaves nothing open. */
class InMemoryRegistryTest extends RegistryContract {
  private final Bench bench = Bench.open();

  InMemoryRegistryTest() throws IOException {}

  @Override
  protected Registry open() {
    return bench.registry;
  }

  @Override
  protected Document document(
      List<ManifestReference> references,
      Optional<String> artifactType,
      Map<String, String> annotations) {
    return new Document(
        LineManifestReader.TYPE,
        Bench.content(LineManifestReader.lines(references, artifactType, annotations)));
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }
}
