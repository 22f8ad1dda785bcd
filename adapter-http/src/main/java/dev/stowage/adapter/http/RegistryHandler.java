package dev.stowage.adapter.http;

import dev.stowage.adapter.http.error.ErrorAnswer;
import dev.stowage.adapter.http.error.ErrorWriter;
import dev.stowage.adapter.http.error.Failures;
import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.error.OciCode;
import dev.stowage.adapter.http.oci.Exchange;
import dev.stowage.adapter.http.oci.Operation;
import dev.stowage.adapter.http.oci.Operations;
import dev.stowage.adapter.http.route.RouteTable;
import dev.stowage.adapter.http.route.Target;
import dev.stowage.adapter.http.transfer.RateFloor;
import dev.stowage.adapter.http.transfer.RequestBody;
import dev.stowage.registry.Registry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/** Finds the operation of each request, lets it answer, and answers for it where it throws. */
final class RegistryHandler extends Handler.Abstract {
  /**
   * How much of a refused body is taken in so that the client gets to read the refusal. Most
   * clients stop when they hear it; to one that sends all before it reads, this side's closing
   * would be a broken pipe and no answer.
   */
  private static final long MOST_DISCARDED = 256L * 1024 * 1024;

  /** The methods that a path may be said not to take; CONNECT is for proxies. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final Registry registry;
  private final RouteTable<Operation> operations;
  private final Supplier<RateFloor> rateFloors;

  RegistryHandler(Registry registry, HttpOptions options) {
    this(
        registry,
        Operations.table(options.maxPage()),
        () -> new RateFloor(options.minRate(), options.rateGrace()));
  }

  private RegistryHandler(
      Registry registry, RouteTable<Operation> operations, Supplier<RateFloor> rateFloors) {
    // Blocking if any operation is: the server asks before it knows which one a request wants.
    super(
        Invocable.combineTypes(
            operations.operations().stream()
                .map(Operation::invocationType)
                .toArray(InvocationType[]::new)));
    this.registry = registry;
    this.operations = operations;
    this.rateFloors = rateFloors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ProtocolHeaders.put(response);
    Optional<ErrorAnswer> fault = Framing.fault(request);
    if (fault.isPresent()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      ErrorWriter.write(fault.get(), response, callback);
      return true;
    }
    try (RequestBody body = new RequestBody(request, rateFloors.get())) {
      try {
        Target target = target(request);
        operation(request.getMethod(), target)
            .handle(new Exchange(request, response, callback, target, registry, body, rateFloors));
      } catch (IOException | RuntimeException e) {
        refuse(e, request, response, body, callback);
      }
    }
    return true;
  }

  private static Target target(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      throw HttpRefusal.of(501, OciCode.UNSUPPORTED, "this method is not known here");
    }
    return Optional.ofNullable(request.getHttpURI().getPath())
        .flatMap(Target::of)
        .orElseThrow(
            () -> HttpRefusal.of(404, OciCode.UNSUPPORTED, "there is nothing at this path"));
  }

  private Operation operation(String method, Target target) {
    return operations
        .find(method, target.endpoint())
        .orElseThrow(
            () -> HttpRefusal.of(405, OciCode.UNSUPPORTED, "this path does not take " + method));
  }

  private void refuse(
      Exception failure, Request request, Response response, RequestBody body, Callback callback) {
    ErrorAnswer answer =
        Failures.answer(failure, request.getMethod() + " " + request.getHttpURI().getPath());
    if (response.isCommitted()) {
      callback.failed(failure);
      return;
    }
    if (answer.status() == 405) {
      allow(request, response);
    }
    if (body.isFailed()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (isBodyOnItsWay(request, body) && !body.isFailed()) {
      writeAndDiscard(answer, response, body, callback);
    } else {
      ErrorWriter.write(answer, response, callback);
    }
  }

  private void allow(Request request, Response response) {
    Target.of(request.getHttpURI().getPath())
        .ifPresent(
            target ->
                response
                    .getHeaders()
                    .put(
                        HttpHeader.ALLOW,
                        operations.methods(target.endpoint()).stream()
                            .filter(method -> !method.equals(request.getMethod()))
                            .collect(Collectors.joining(", "))));
  }

  private static boolean isBodyOnItsWay(Request request, RequestBody body) {
    boolean some =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return some && (body.isBegun() || !request.getHeaders().contains(HttpHeader.EXPECT));
  }

  /**
   * Answers, and then takes in some of what the client is still sending: were the connection closed
   * upon it, the client might lose the answer.
   */
  private static void writeAndDiscard(
      ErrorAnswer answer, Response response, RequestBody body, Callback callback) {
    try {
      try (Blocker.Callback written = Blocker.callback()) {
        ErrorWriter.write(answer, response, written);
        written.block();
      }
      body.discardUpTo(MOST_DISCARDED);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
  }
}
