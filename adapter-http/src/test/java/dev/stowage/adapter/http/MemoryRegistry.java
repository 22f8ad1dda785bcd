package dev.stowage.adapter.http;

import dev.stowage.Actor;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobDescriptorService;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.OperationUnsupportedException;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.registry.*;
import dev.stowage.spi.*;
import java.io.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.*;

@org.jspecify.annotations.NullUnmarked
@SuppressWarnings({"all", "MissingOverride", "NullAway"})
final class MemoryRegistry implements Registry {
  final Map<Digest, byte[]> bytes = new HashMap<>();
  final Map<Digest, Digest> aliases = new HashMap<>();
  final TreeMap<RepositoryName, Repo> repos = new TreeMap<>();
  final Map<UploadId, Upload> uploads = new HashMap<>();
  final AtomicInteger open = new AtomicInteger();
  final boolean deletes;

  MemoryRegistry(boolean deletes) {
    this.deletes = deletes;
  }

  static final class Upload {
    UploadId id = UploadId.random();
    RepositoryName repo;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Object holder;

    Upload(RepositoryName r) {
      repo = r;
    }
  }

  Digest canonical(Digest d) {
    return d.isCanonical() ? d : aliases.getOrDefault(d, d);
  }

  void alias(byte[] b) {
    aliases.put(
        Digest.of(DigestAlgorithm.SHA512, ByteBuffer.wrap(b)),
        Digest.canonical(ByteBuffer.wrap(b)));
  }

  @Override
  public Registry as(Actor actor) {
    return this;
  }

  @Override
  public synchronized Repository repository(RepositoryName name) {
    return repos.getOrDefault(name, new Repo(name));
  }

  @Override
  public synchronized Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit) {
    return Page.cut(
        repos.keySet().stream()
            .filter(n -> after.isEmpty() || n.compareTo(after.get()) > 0)
            .limit(limit + 1L)
            .collect(Collectors.toList()),
        limit);
  }

  static final class Man {
    Descriptor d;
    byte[] b;
    ManifestContent c;
    Digest name;
  }

  final class Repo implements Repository, BlobStore, Manifests, Referrers {
    final RepositoryName name;
    final Set<Digest> links = new HashSet<>();
    final TreeMap<Digest, Man> mans = new TreeMap<>();
    final TreeMap<Tag, Digest> tags = new TreeMap<>();

    Repo(RepositoryName n) {
      name = n;
    }

    Repo real() {
      synchronized (MemoryRegistry.this) {
        return repos.computeIfAbsent(name, n -> this);
      }
    }

    public RepositoryName name() {
      return name;
    }

    public BlobStore blobs() {
      return this;
    }

    public BlobDescriptorService descriptors() {
      throw new AssertionError();
    }

    public Manifests manifests() {
      return this;
    }

    public Tags tags() {
      return this::listTags;
    }

    public Referrers referrers() {
      return this;
    }

    public Optional<Descriptor> mount(Digest d, RepositoryName from) {
      synchronized (MemoryRegistry.this) {
        Repo s = repos.get(from);
        if (s == null || !s.links.contains(canonical(d))) return Optional.empty();
        real().links.add(canonical(d));
        return Optional.of(stat(d));
      }
    }

    public Optional<Descriptor> mount(Digest d, Predicate<RepositoryName> readable) {
      synchronized (MemoryRegistry.this) {
        for (Repo s : List.copyOf(repos.values()))
          if (readable.test(s.name) && s.links.contains(canonical(d))) return mount(d, s.name);
        return Optional.empty();
      }
    }

    public Page<Descriptor> listBlobs(Optional<Digest> a, int l) {
      throw new AssertionError();
    }

    public Descriptor stat(Digest d) {
      synchronized (MemoryRegistry.this) {
        Digest c = canonical(d);
        if (!repos.getOrDefault(name, this).links.contains(c)) throw new BlobUnknownException(d);
        return new Descriptor(MediaType.OCTET_STREAM, bytes.get(c).length, c);
      }
    }

    public ByteBuffer get(Digest d, int limit) {
      throw new AssertionError();
    }

    public SeekableByteChannel open(Digest d) {
      Descriptor x = stat(d);
      return new Chan(bytes.get(x.digest()));
    }

    public BlobDelivery serve(Digest d) {
      return new BlobDelivery.Content(stat(d), open(d));
    }

    public Descriptor put(MediaType t, ByteBuffer b) {
      throw new AssertionError();
    }

    public BlobWriter create() {
      synchronized (MemoryRegistry.this) {
        Upload u = new Upload(name);
        uploads.put(u.id, u);
        return new W(u);
      }
    }

    public BlobWriter create(DigestAlgorithm a) {
      return create();
    }

    public BlobWriter create(Digest e) {
      Descriptor d;
      try {
        d = stat(e);
      } catch (BlobUnknownException x) {
        return create();
      }
      throw new BlobExistsException(d);
    }

    public BlobWriter resume(UploadId id) {
      synchronized (MemoryRegistry.this) {
        Upload u = uploads.get(id);
        if (u == null || !u.repo.equals(name)) throw new UploadUnknownException(id);
        return new W(u);
      }
    }

    public void delete(Digest d) {
      if (!deletes) throw new OperationUnsupportedException("deletion is switched off");
      synchronized (MemoryRegistry.this) {
        Digest c = stat(d).digest();
        need(c);
        real().links.remove(c);
      }
    }

    void need(Digest c) {
      for (Man m : real().mans.values())
        for (ManifestReference r : m.c.references())
          if (r.role() != EdgeRole.SUBJECT && canonical(r.digest()).equals(c))
            throw new ReferencedException(c, m.d.digest());
    }

    Digest resolve(Reference r) {
      Digest d =
          r instanceof Reference.ByTag t
              ? real0().tags.get(t.tag())
              : ((Reference.ByDigest) r).digest();
      if (d == null || !real0().mans.containsKey(canonical(d)))
        throw new ManifestUnknownException(r);
      return d;
    }

    Repo real0() {
      return repos.getOrDefault(name, this);
    }

    public Manifest get(Reference r) {
      synchronized (MemoryRegistry.this) {
        Digest d = resolve(r);
        Man m = real0().mans.get(canonical(d));
        return new Manifest(d, m.d, ByteBuffer.wrap(m.b));
      }
    }

    public Optional<Manifest> find(Reference r) {
      throw new AssertionError();
    }

    public PushedManifest put(Reference r, MediaType t, ByteBuffer content, List<Tag> more) {
      synchronized (MemoryRegistry.this) {
        byte[] b = new byte[content.remaining()];
        content.duplicate().get(b);
        if (b.length > maxSize()) throw new ManifestTooLargeException(maxSize());
        ManifestContent c = new JacksonManifestReader().read(t, ByteBuffer.wrap(b));
        Digest can = Digest.canonical(ByteBuffer.wrap(b));
        Digest nm = can;
        if (r instanceof Reference.ByDigest d) {
          Digest a = Digest.of(d.digest().algorithm(), ByteBuffer.wrap(b));
          if (!a.equals(d.digest())) throw InvalidDigestException.mismatch(d.digest(), a);
          nm = a;
        }
        List<Digest> missing = new ArrayList<>();
        for (ManifestReference x : c.references()) {
          if (x.role() == EdgeRole.SUBJECT) continue;
          Digest q = canonical(x.digest());
          if (!real0().links.contains(q) && !real0().mans.containsKey(q)) missing.add(x.digest());
        }
        if (!missing.isEmpty()) throw new ManifestReferenceUnknownException(missing);
        alias(b);
        Man m = new Man();
        m.d = new Descriptor(t, b.length, can);
        m.b = b;
        m.c = c;
        m.name = nm;
        real().mans.put(can, m);
        Set<Tag> all = new LinkedHashSet<>();
        if (r instanceof Reference.ByTag x) all.add(x.tag());
        all.addAll(more);
        for (Tag x : all) real().tags.put(x, nm);
        return new PushedManifest(
            nm, m.d, List.copyOf(all), c.subject().map(ManifestReference::digest));
      }
    }

    public void delete(Reference r) {
      if (!deletes) throw new OperationUnsupportedException("deletion is switched off");
      synchronized (MemoryRegistry.this) {
        Digest d = canonical(resolve(r));
        if (r instanceof Reference.ByTag t) {
          real().tags.remove(t.tag());
          return;
        }
        need(d);
        real().mans.remove(d);
        real().tags.values().removeIf(x -> canonical(x).equals(d));
      }
    }

    public int maxSize() {
      return 4 << 20;
    }

    public Page<Descriptor> list(Optional<Digest> a, int l) {
      throw new AssertionError();
    }

    Page<Tag> listTags(Optional<Tag> after, int limit) {
      synchronized (MemoryRegistry.this) {
        if (!repos.containsKey(name)) throw new NameUnknownException(name);
        return Page.cut(
            real().tags.keySet().stream()
                .filter(n -> after.isEmpty() || n.compareTo(after.get()) > 0)
                .limit(limit + 1L)
                .collect(Collectors.toList()),
            limit);
      }
    }

    public Page<Referrer> list(Digest s, Optional<String> type, Optional<Digest> after, int max) {
      synchronized (MemoryRegistry.this) {
        List<Referrer> out = new ArrayList<>();
        long size = 0;
        for (Man m : real0().mans.values()) {
          if (after.isPresent() && m.d.digest().compareTo(after.get()) <= 0) continue;
          if (m.c.subject().filter(x -> canonical(x.digest()).equals(canonical(s))).isEmpty())
            continue;
          if (type.isPresent() && !type.equals(m.c.artifactType())) continue;
          int w = 300 + m.c.annotations().toString().length();
          if (!out.isEmpty() && size + w > max) return new Page<>(out, true);
          size += w;
          out.add(new Referrer(m.name, m.d, m.c.artifactType(), m.c.annotations()));
        }
        return new Page<>(out, false);
      }
    }

    final class W implements BlobWriter {
      final Upload u;
      boolean closed;

      W(Upload u) {
        this.u = u;
        u.holder = this;
        open.incrementAndGet();
      }

      void check() {
        synchronized (MemoryRegistry.this) {
          if (!uploads.containsKey(u.id)) throw new UploadUnknownException(u.id);
          if (u.holder != this) throw new UploadTakenOverException(u.id, u.data.size());
        }
      }

      public UploadId id() {
        return u.id;
      }

      public Instant startedAt() {
        return Instant.EPOCH;
      }

      public long size() {
        check();
        return u.data.size();
      }

      public int write(ByteBuffer s) {
        synchronized (MemoryRegistry.this) {
          check();
          byte[] b = new byte[s.remaining()];
          s.get(b);
          u.data.writeBytes(b);
          return b.length;
        }
      }

      public long transferFrom(ReadableByteChannel s) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(100_000);
        long n = 0;
        while (s.read(b) >= 0) {
          n += write(b.flip());
          b.clear();
        }
        return n;
      }

      public void transferFrom(ReadableByteChannel s, long off, long len) throws IOException {
        if (off != size()) throw new ChunkOutOfOrderException(u.id, size(), off);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer b = ByteBuffer.allocate(100_000);
        while (s.read(b) >= 0 && all.size() <= len) {
          b.flip();
          byte[] x = new byte[b.remaining()];
          b.get(x);
          all.writeBytes(x);
          b.clear();
        }
        if (all.size() != len) throw new InvalidLengthException(len, all.size());
        write(ByteBuffer.wrap(all.toByteArray()));
      }

      public Descriptor commit(Provisional p) {
        synchronized (MemoryRegistry.this) {
          check();
          byte[] b = u.data.toByteArray();
          if (p.size().isPresent() && p.size().getAsLong() != b.length)
            throw new InvalidLengthException(p.size().getAsLong(), b.length);
          Digest a = Digest.of(p.digest().algorithm(), ByteBuffer.wrap(b));
          if (!a.equals(p.digest())) throw InvalidDigestException.mismatch(p.digest(), a);
          Digest c = Digest.canonical(ByteBuffer.wrap(b));
          bytes.put(c, b);
          alias(b);
          real().links.add(c);
          uploads.remove(u.id);
          close();
          return stat(c);
        }
      }

      public void cancel() {
        synchronized (MemoryRegistry.this) {
          if (uploads.containsKey(u.id)) {
            check();
            uploads.remove(u.id);
          }
        }
      }

      public boolean isOpen() {
        return !closed;
      }

      public void close() {
        if (!closed) {
          closed = true;
          open.decrementAndGet();
        }
      }
    }
  }

  final class Chan implements SeekableByteChannel {
    final byte[] b;
    int p;
    boolean closed;

    Chan(byte[] b) {
      this.b = b;
      open.incrementAndGet();
    }

    public int read(ByteBuffer d) {
      if (p >= b.length) return -1;
      int n = Math.min(d.remaining(), b.length - p);
      d.put(b, p, n);
      p += n;
      return n;
    }

    public int write(ByteBuffer s) {
      throw new AssertionError();
    }

    public long position() {
      return p;
    }

    public SeekableByteChannel position(long n) {
      p = (int) n;
      return this;
    }

    public long size() {
      return b.length;
    }

    public SeekableByteChannel truncate(long s) {
      throw new AssertionError();
    }

    public boolean isOpen() {
      return !closed;
    }

    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
