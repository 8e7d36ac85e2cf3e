package dev.aeon.spoke.reflection;

import dev.aeon.spoke.access.AccessControl;
import dev.aeon.spoke.access.RateLimiter;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.registry.SchemaRegistry;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Speaks gRPC's server reflection ({@code grpc.reflection.v1}, and {@code v1alpha} for older tools)
 * for any stored version, so that tools such as grpcurl know the schema of a service without having
 * it.
 */
public final class ReflectionServer implements AutoCloseable {
  private static final int MAX_QUESTION_BYTES = 64 << 10;
  private static final int GRACE_SECONDS = 5;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;

  private ReflectionServer(
      SchemaRegistry registry,
      AccessControl access,
      RateLimiter limiter,
      InetSocketAddress address,
      Optional<Encryption> encryption) {
    ReflectionService service = new ReflectionService(registry);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .executor(threads)
            .maxInboundMessageSize(MAX_QUESTION_BYTES)
            .intercept(new CallGate(access, limiter))
            .addService(service)
            .addService(AlphaService.of(service));
    encryption.ifPresent(files ->
        builder.useTransportSecurity(files.certificates().toFile(), files.privateKey().toFile()));
    this.server = builder.build();
  }

  /** A certificate chain and its key, in PEM. */
  public record Encryption(Path certificates, Path privateKey) {}

  /**
   * Starts a server; the caller closes it before the registry.
   *
   * @throws SpokeException {@code UNAVAILABLE} where the address is taken
   */
  public static ReflectionServer start(
      SchemaRegistry registry,
      AccessControl access,
      RateLimiter limiter,
      InetSocketAddress address,
      Optional<Encryption> encryption) {
    ReflectionServer reflection =
        new ReflectionServer(registry, access, limiter, address, encryption);
    try {
      reflection.server.start();
      return reflection;
    } catch (IOException e) {
      reflection.close();
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE, "cannot listen for gRPC, address=" + address, e);
    }
  }

  /** Where it listens; where port 0 was asked for, the one that the system chose. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
  }
}
