package dev.stowage.core.scrub;

import dev.stowage.blob.Damage;
import dev.stowage.blob.Digest;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Looks at every blob, and puts the damaged ones in quarantine.
 *
 * <p>Bytes are read without any lock, so a blob may be deleted or pushed anew meanwhile. What was
 * found is of the placement that was read, and the transaction that acts on it sees whether the
 * record still names that.
 */
final class BlobScrub {
  private static final Logger LOG = System.getLogger(BlobScrub.class.getName());
  private static final int PAGE = 256;
  private static final int REPOSITORIES = 100;

  private final MetadataStore store;
  private final Clock clock;
  private final Findings findings;
  private final Pace pace;
  private final BlobCheck check;

  BlobScrub(BlobData data, MetadataStore store, Clock clock, Findings findings, Pace pace) {
    this.store = store;
    this.clock = clock;
    this.findings = findings;
    this.pace = pace;
    this.check = new BlobCheck(data, pace);
  }

  void run() throws IOException {
    // These first: what is put among them below has been looked at by then.
    scrubQuarantines();
    scrubBlobs();
  }

  private void scrubBlobs() throws IOException {
    Optional<Digest> last = Optional.empty();
    List<StoredBlob> page;
    do {
      Optional<Digest> after = last;
      page = store.read(facts -> facts.blobs(after, PAGE));
      for (StoredBlob blob : page) {
        findings.sawBlob();
        Optional<Damage> damage = check.damage(blob);
        if (damage.isPresent()) {
          found(blob, damage.get());
        }
        pace.step();
        last = Optional.of(blob.digest());
      }
    } while (page.size() == PAGE);
  }

  private void found(StoredBlob blob, Damage damage) throws IOException {
    // What is unreadable may be readable again, or to somebody else: nothing is proved.
    boolean quarantine = damage != Damage.UNREADABLE;
    boolean still = quarantine ? quarantine(blob, damage) : isStill(blob);
    if (still) {
      LOG.log(
          Level.ERROR,
          "blob {0}: {1}, at {2}{3}",
          blob.digest(),
          damage.inWords(),
          blob.placement(),
          quarantine ? "; it is unknown now until it is pushed again" : "");
      add(blob, damage, quarantine);
    }
  }

  private boolean quarantine(StoredBlob blob, Damage damage) throws IOException {
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return store.write(
        facts -> {
          if (!facts.blob(blob.digest()).equals(Optional.of(blob))) {
            return false;
          }
          facts.removeBlob(blob.digest());
          facts.putQuarantine(new QuarantinedBlob(blob, damage, since));
          return true;
        });
  }

  private boolean isStill(StoredBlob blob) throws IOException {
    return store.read(facts -> facts.blob(blob.digest()).equals(Optional.of(blob)));
  }

  private void scrubQuarantines() throws IOException {
    Optional<Digest> last = Optional.empty();
    List<QuarantinedBlob> page;
    do {
      Optional<Digest> after = last;
      page = store.read(facts -> facts.quarantines(after, PAGE));
      for (QuarantinedBlob quarantined : page) {
        findings.sawBlob();
        lookAgain(quarantined);
        pace.step();
        last = Optional.of(quarantined.blob().digest());
      }
    } while (page.size() == PAGE);
  }

  private void lookAgain(QuarantinedBlob quarantined) throws IOException {
    StoredBlob blob = quarantined.blob();
    Optional<Damage> damage = check.damage(blob);
    if (damage.isEmpty()) {
      if (release(quarantined)) {
        LOG.log(Level.WARNING, "blob {0} is sound again, and known", blob.digest());
        findings.addReleased(blob.digest());
      }
    } else if (store.read(facts -> isQuarantined(facts, quarantined))) {
      add(blob, damage.get(), true);
    }
  }

  private boolean release(QuarantinedBlob quarantined) throws IOException {
    return store.write(
        facts -> {
          if (!isQuarantined(facts, quarantined)) {
            return false;
          }
          facts.removeQuarantine(quarantined.blob().digest());
          facts.putBlob(quarantined.blob());
          return true;
        });
  }

  private static boolean isQuarantined(FactReader facts, QuarantinedBlob quarantined)
      throws IOException {
    return facts.quarantined(quarantined.blob().digest()).equals(Optional.of(quarantined));
  }

  private void add(StoredBlob blob, Damage damage, boolean quarantined) throws IOException {
    List<RepositoryName> linkers =
        store.read(facts -> facts.linkers(blob.digest(), Optional.empty(), REPOSITORIES));
    findings.add(
        new ScrubReport.DamagedBlob(blob.digest(), blob.size(), damage, quarantined, linkers));
  }
}
