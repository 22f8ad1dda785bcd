package proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Kills a server, or cuts its power, again and again, and sees that it keeps its promises. */
public final class Proof {
  private static final long LONGEST_BURST = TimeUnit.SECONDS.toNanos(20);

  private final Options options;
  private final Disk disk;
  private final SplittableRandom random;
  private final SharedTags shared = new SharedTags();
  private final List<Client> clients = new ArrayList<>();
  private final ExecutorService threads;

  private final long began = System.nanoTime();
  private long cut = Long.MAX_VALUE;
  private int cuts;
  private int cutsWhileStarting;
  private long blobsRead;
  private long manifestsRead;

  private Proof(Options options, Disk disk) throws IOException {
    this.options = options;
    this.disk = disk;
    this.random = new SplittableRandom(options.seed());
    this.threads = Executors.newCachedThreadPool();
    for (int i = 0; i < options.clients(); i++) {
      clients.add(new Client(i, options, shared));
    }
  }

  /** Runs what the arguments say; ends with 1 if a promise was broken. */
  public static void main(String... arguments) throws Exception {
    Options options = Options.of(arguments);
    System.out.println(
        "disk " + options.disk() + ", seed " + options.seed() + ", " + options.cuts() + " cuts");
    // Whoever interrupts a run leaves no server behind.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    try (Disk disk = Disk.of(options)) {
      Proof proof = new Proof(options, disk);
      try {
        proof.run();
        System.out.println(proof.summary());
      } catch (Violation e) {
        System.out.println("BROKEN: " + e.getMessage());
        System.out.println(
            "disk " + options.disk() + ", seed " + options.seed() + "; see " + options.work());
        System.exit(1);
      } finally {
        proof.threads.shutdownNow();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    for (; cuts < options.cuts() && seconds() < options.seconds(); cuts++) {
      try (Server server = launch(cuts)) {
        if (cuts > 0 && random.nextInt(8) == 0) {
          Thread.sleep(random.nextInt(700));
          cutsWhileStarting++;
          cut = Math.min(cut, disk.cut(server));
          continue;
        }
        int port = server.awaitReady();
        audit(port);
        burst(server, port);
      }
    }
    try (Server server = launch(cuts)) {
      audit(server.awaitReady());
    }
  }

  private Server launch(int number) throws IOException {
    return Server.launch(options, disk, options.work().resolve("server-" + number + ".log"));
  }

  private void audit(int port) throws IOException {
    try (Connection connection = new Connection(port)) {
      Audit audit = new Audit(connection, cut, options.collector().isPresent());
      audit.run(clients, shared);
      blobsRead += audit.blobsRead();
      manifestsRead += audit.manifestsRead();
    }
  }

  private void burst(Server server, int port) throws IOException, InterruptedException {
    boolean sameBoot = disk.keepsWhatWasNotForced();
    List<Future<?>> work = new ArrayList<>();
    for (Client client : clients) {
      work.add(
          threads.submit(
              () -> {
                try {
                  client.work(port, sameBoot);
                  return null;
                } catch (IOException e) {
                  return e;
                }
              }));
    }
    if (options.collector().isPresent()) {
      work.add(threads.submit(() -> collect(server)));
    }
    awaitChanges(acknowledgements() + random.nextInt(options.burst()), work);
    for (Future<?> each : work) {
      if (each.isDone()) {
        // Nothing but a violation, or a lost connection, ends a client.
        result(each);
        throw new Violation("a connection was lost before the server was killed: " + server.said());
      }
    }
    cut = disk.cut(server);
    for (Future<?> each : work) {
      result(each);
    }
  }

  /** Waits for so many changes, so that a slow machine does as many as a fast one. */
  private void awaitChanges(long enough, List<Future<?>> work) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_BURST;
    while (acknowledgements() < enough
        && System.nanoTime() < deadline
        && work.stream().noneMatch(Future::isDone)) {
      Thread.sleep(1);
    }
    // Not just behind an answer.
    Thread.sleep(random.nextInt(20));
  }

  private long acknowledgements() {
    return clients.stream().mapToLong(c -> c.ledger().acknowledgements()).sum();
  }

  /** Has the garbage collected, over and over, until the server is gone. */
  private Object collect(Server server) {
    while (server.isAlive()) {
      try {
        Commands.run(
            "sh",
            "-c",
            options.collector().orElseThrow().replace("{data}", disk.data().toString()));
      } catch (IOException e) {
        if (server.isAlive()) {
          throw new Violation("the collector failed: " + e.getMessage());
        }
      }
    }
    return server;
  }

  private static void result(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Violation violation) {
        throw violation;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  private String summary() {
    return String.format(
        "disk %s: survived %d cuts, %d of them while it was starting, in %d s; %d changes were"
            + " acknowledged, %d blobs and %d manifests read back and digested; nothing was lost",
        options.disk(),
        cuts,
        cutsWhileStarting,
        seconds(),
        acknowledgements(),
        blobsRead,
        manifestsRead);
  }
}
