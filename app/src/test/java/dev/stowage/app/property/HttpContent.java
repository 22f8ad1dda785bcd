package dev.stowage.app.property;

import dev.stowage.ErrorKind;
import dev.stowage.blob.Digest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Content through the protocol, lists in small pages. */
record HttpContent(HttpDoor http) implements ContentDoor {
  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([^\"]+)\"");
  private static final Pattern LIST = Pattern.compile("\"(?:tags|repositories)\":\\[([^]]*)]");
  private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"next\"");

  @Override
  public Optional<ErrorKind> put(RepositoryName repository, byte[] content, Digest name)
      throws IOException {
    return refusal(
        http.send(
            "POST",
            "/v2/" + repository + "/blobs/uploads/?digest=" + name,
            BodyPublishers.ofByteArray(content)));
  }

  @Override
  public boolean mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
      throws IOException {
    String source = from.map(name -> "&from=" + name).orElse("");
    HttpResponse<byte[]> response =
        http.send("POST", "/v2/" + repository + "/blobs/uploads/?mount=" + digest + source);
    if (response.statusCode() == 202) {
      http.send("DELETE", response.headers().firstValue("Location").orElseThrow());
    } else if (response.statusCode() != 201) {
      throw HttpDoor.unexpected(response);
    }
    return response.statusCode() == 201;
  }

  @Override
  public Optional<ErrorKind> push(
      RepositoryName repository, Reference reference, Document document, List<Tag> tags)
      throws IOException {
    String query = tags.stream().map(tag -> "tag=" + tag).collect(Collectors.joining("&"));
    return refusal(
        http.send(
            "PUT",
            "/v2/" + repository + "/manifests/" + reference + "?" + query,
            BodyPublishers.ofByteArray(document.bytes()),
            "Content-Type",
            document.mediaType().value()));
  }

  @Override
  public Optional<ErrorKind> delete(RepositoryName repository, Reference reference)
      throws IOException {
    return refusal(http.send("DELETE", "/v2/" + repository + "/manifests/" + reference));
  }

  @Override
  public Optional<ErrorKind> deleteBlob(RepositoryName repository, Digest digest)
      throws IOException {
    return refusal(http.send("DELETE", "/v2/" + repository + "/blobs/" + digest));
  }

  @Override
  public List<String> repositories() throws IOException {
    return list("/v2/_catalog?n=2").orElseThrow();
  }

  @Override
  public Optional<List<String>> tags(RepositoryName repository) throws IOException {
    return list("/v2/" + repository + "/tags/list?n=2");
  }

  @Override
  public Optional<String> manifest(RepositoryName repository, Reference reference)
      throws IOException {
    HttpResponse<byte[]> response =
        http.send("HEAD", "/v2/" + repository + "/manifests/" + reference);
    return isThere(response)
        ? Optional.of(
            response.headers().firstValue("Docker-Content-Digest").orElseThrow()
                + " "
                + response.headers().firstValue("Content-Type").orElseThrow())
        : Optional.empty();
  }

  @Override
  public boolean hasBlob(RepositoryName repository, Digest digest) throws IOException {
    return isThere(http.send("HEAD", "/v2/" + repository + "/blobs/" + digest));
  }

  @Override
  public List<String> referrers(
      RepositoryName repository, Digest subject, Optional<String> artifactType) throws IOException {
    String query = artifactType.map(type -> "?artifactType=" + type).orElse("");
    HttpResponse<byte[]> response =
        http.send("GET", "/v2/" + repository + "/referrers/" + subject + query);
    if (response.statusCode() != 200) {
      throw HttpDoor.unexpected(response);
    }
    return DIGEST.matcher(HttpDoor.text(response)).results().map(found -> found.group(1)).toList();
  }

  private Optional<List<String>> list(String first) throws IOException {
    List<String> all = new ArrayList<>();
    Optional<String> next = Optional.of(first);
    while (next.isPresent()) {
      HttpResponse<byte[]> response = http.send("GET", next.get());
      if (!isThere(response)) {
        return Optional.empty();
      }
      Matcher list = LIST.matcher(HttpDoor.text(response));
      if (!list.find()) {
        throw HttpDoor.unexpected(response);
      }
      for (String name : list.group(1).split(",", -1)) {
        if (!name.isEmpty()) {
          all.add(name.substring(1, name.length() - 1));
        }
      }
      next =
          response
              .headers()
              .firstValue("Link")
              .map(LINK::matcher)
              .filter(Matcher::matches)
              .map(link -> link.group(1));
    }
    return Optional.of(all);
  }

  private static boolean isThere(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 200 -> true;
      case 404 -> false;
      default -> throw HttpDoor.unexpected(response);
    };
  }

  private static Optional<ErrorKind> refusal(HttpResponse<byte[]> response) {
    if (response.statusCode() == 201 || response.statusCode() == 202) {
      return Optional.empty();
    }
    String text = HttpDoor.text(response);
    Matcher code = CODE.matcher(text);
    if (!code.find()) {
      throw HttpDoor.unexpected(response);
    }
    return Optional.of(
        switch (code.group(1)) {
          case "BLOB_UNKNOWN" -> ErrorKind.BLOB_UNKNOWN;
          case "DIGEST_INVALID" -> ErrorKind.DIGEST_INVALID;
          case "MANIFEST_BLOB_UNKNOWN" -> ErrorKind.MANIFEST_REFERENCE_UNKNOWN;
          case "MANIFEST_INVALID" -> ErrorKind.MANIFEST_INVALID;
          case "MANIFEST_UNKNOWN" -> ErrorKind.MANIFEST_UNKNOWN;
          case "UNSUPPORTED" ->
              text.contains("\"referrer\"") ? ErrorKind.REFERENCED : ErrorKind.UNSUPPORTED;
          default -> throw HttpDoor.unexpected(response);
        });
  }
}
