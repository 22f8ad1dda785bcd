package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.UntaggedPolicy;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that push, mount, move tags and delete for hours of a time that passes in leaps, while
 * the collector runs: every step of everybody in an order that a number decides. The property
 * {@code stowage.simulations} says how many numbers are tried.
 */
class CollectorSimulationTest {
  private static final int SIMULATIONS = Integer.getInteger("stowage.simulations", 60);
  private static final int CLIENTS = 3;
  private static final int ROUNDS = 12;
  private static final List<String> LAYERS = List.of("one", "two", "three");

  @ParameterizedTest
  @CsvSource({"0,60,0,0", "60,0,30,0", "0,0,0,0", "30,60,0,0", "0,0,0,20", "10,20,10,45"})
  void noAcceptedImageIsBrokenAndNoPromise(int grace, int lease, int untagged, int history)
      throws IOException {
    CollectionPolicy policy =
        CollectionPolicy.defaults()
            .withTimes(Duration.ofMinutes(grace), Duration.ofMinutes(lease))
            .withUploads(Duration.ofMinutes(10))
            .withHistory(Duration.ofMinutes(history))
            .withUntagged(
                new UntaggedPolicy(
                    List.of(
                        new UntaggedPolicy.Rule(
                            RepositoryPattern.ALL, Optional.of(Duration.ofMinutes(untagged))))));
    for (int number = 0; number < SIMULATIONS; number++) {
      try {
        simulate(policy, number);
      } catch (AssertionError e) {
        throw new AssertionError("simulation " + number + ": " + e.getMessage(), e);
      }
    }
  }

  private static void simulate(CollectionPolicy policy, long number) throws IOException {
    SteppedWorld world = new SteppedWorld(policy);
    Random order = new Random(number);
    List<Stepper.Side> sides = new ArrayList<>();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(world, policy, "c" + i, new Random(order.nextLong()));
      clients.add(client);
      sides.add(client::run);
    }
    Random leaps = new Random(order.nextLong());
    sides.add(
        () -> {
          for (int i = 0; i < 2 * ROUNDS; i++) {
            world.stepper.step();
            world.time.pass(Duration.ofSeconds(leaps.nextInt(1800)));
          }
        });
    sides.add(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            world.collect();
            world.registry.uploadExpiry().expire();
          }
        });
    world.stepper.run(sides, order::nextInt);
    for (Client client : clients) {
      client.assertWhole();
    }
    world.collectAll();
    for (Client client : clients) {
      client.assertWhole();
      client.deleteAll();
    }
    world.endEmpty();
  }

  /** One client: its manifests are its own, its layers are everybody's. */
  private static final class Client {
    private final SteppedWorld world;
    private final Duration promise;
    private final Duration lease;
    private final String name;
    private final Random random;
    private final Set<String> images = new HashSet<>();
    private int pushed;

    Client(SteppedWorld world, CollectionPolicy policy, String name, Random random) {
      this.world = world;
      this.lease = policy.lease();
      this.promise = Collections.max(List.of(policy.lease(), policy.grace()));
      this.name = name;
      this.random = random;
    }

    private Repository repository(RepositoryName which) {
      return world.registry.repository(which);
    }

    void run() throws IOException {
      for (int i = 0; i < ROUNDS; i++) {
        if (random.nextInt(3) == 0 && !images.isEmpty()) {
          delete(images.iterator().next());
        } else {
          push();
        }
        assertWhole();
      }
    }

    /** Makes sure of a few layers, in one way or another, and pushes an image of them. */
    private void push() throws IOException {
      List<String> layers = new ArrayList<>(LAYERS);
      Collections.shuffle(layers, random);
      StringBuilder image = new StringBuilder("# " + name + " " + pushed++ + "\n");
      Instant told = Instant.MAX;
      for (String layer : layers.subList(0, 1 + random.nextInt(2))) {
        told = Collections.min(List.of(told, ensure(layer)));
        image.append(LineManifestReader.line(EdgeRole.LAYER, digest(layer), layer.length()));
      }
      for (int pause = random.nextInt(4); pause > 0; pause--) {
        world.stepper.step();
      }
      try {
        repository(A)
            .manifests()
            .put(
                Reference.of(new Tag(name)),
                LineManifestReader.TYPE,
                content(image.toString()),
                List.of(new Tag(name + "-" + pushed)));
        images.add(image.toString());
      } catch (ManifestReferenceUnknownException e) {
        if (world.time.instant().isBefore(told)) {
          throw new AssertionError(name + " is refused for what it was told is here", e);
        }
      }
    }

    /** Until when a layer is here, as the registry says. */
    private Instant ensure(String layer) throws IOException {
      Instant now = world.time.instant();
      switch (random.nextInt(4)) {
        case 0 -> upload(A, layer);
        case 1 -> {
          upload(B, layer);
          if (repository(A).mount(digest(layer), B).isEmpty()) {
            upload(A, layer);
          }
        }
        default -> {
          if (isKnown(layer)) {
            return now.plus(lease);
          }
          upload(A, layer);
        }
      }
      return now.plus(promise);
    }

    private boolean isKnown(String layer) throws IOException {
      try {
        repository(A).blobs().stat(digest(layer));
        return true;
      } catch (BlobUnknownException e) {
        return false;
      }
    }

    private void upload(RepositoryName to, String layer) throws IOException {
      try (BlobWriter writer = repository(to).blobs().create()) {
        writer.write(content(layer));
        writer.commit(claim(layer));
      }
    }

    private void delete(String image) throws IOException {
      images.remove(image);
      repository(A).manifests().delete(Reference.of(digest(image)));
    }

    void deleteAll() throws IOException {
      for (String image : List.copyOf(images)) {
        delete(image);
      }
    }

    void assertWhole() throws IOException {
      for (String image : images) {
        assertEquals(
            content(image),
            repository(A).manifests().get(Reference.of(digest(image))).content(),
            image);
        for (String layer : LAYERS) {
          if (image.contains(digest(layer).toString())) {
            assertEquals(content(layer), repository(A).blobs().get(digest(layer), 100), image);
          }
        }
      }
    }
  }
}
