package dev.aeon.spoke.store.distributed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.store.StoreFailure;
import dev.aeon.spoke.store.VerifiedBlob;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Bytes in a bucket by their digest. What has a digest never changes, so an object that is written
 * twice is the same, and one that was read may be kept. Objects are only ever added. Thread-safe.
 */
final class ObjectStorage implements AutoCloseable {
  private static final int MAX_UPLOADS = 32;
  private static final long MAX_CACHE_BYTES = 32L << 20;
  private static final int MAX_KNOWN = 100_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String REGION_VARIABLE = "AWS_REGION";

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final ExecutorService uploads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore uploading = new Semaphore(MAX_UPLOADS);
  private final Cache<SchemaDigest, byte[]> read =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CACHE_BYTES)
          .<SchemaDigest, byte[]>weigher((_, bytes) -> bytes.length + 256)
          .build();
  private final Cache<SchemaDigest, Long> byteSizes =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();
  private final Cache<SchemaDigest, Boolean> written =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

  ObjectStorage(DistributedOptions options) {
    this.client = connect(options);
    this.bucket = options.bucket();
    this.prefix = options.prefix();
  }

  /** Such that stores understand it that are not Amazon's. */
  private static S3Client connect(DistributedOptions options) {
    S3ClientBuilder builder =
        S3Client.builder()
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(each -> each.apiCallTimeout(TIMEOUT));
    options
        .endpoint()
        .ifPresent(endpoint ->
            builder
                .endpointOverride(endpoint)
                .region(Region.of(System.getenv().getOrDefault(REGION_VARIABLE, "us-east-1")))
                .serviceConfiguration(
                    each -> each.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false)));
    return builder.build();
  }

  /** Fails where the bucket cannot be used. */
  void check() {
    try {
      client.headBucket(request -> request.bucket(bucket));
    } catch (SdkException e) {
      throw failure("cannot use the bucket, bucket=" + bucket, e);
    }
  }

  /** Writes what is not there yet, several at once; all of it is durable when this returns. */
  void putAll(Map<SchemaDigest, byte[]> objects) {
    List<Future<?>> pending = new ArrayList<>();
    objects.forEach((digest, bytes) -> {
      if (written.getIfPresent(digest) == null) {
        pending.add(uploads.submit(() -> put(digest, RequestBody.fromBytes(bytes))));
      }
    });
    await(pending);
  }

  private static void await(Collection<Future<?>> pending) {
    try {
      for (Future<?> each : pending) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SpokeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreFailure.of("interrupted while writing objects", e);
    }
  }

  private void put(SchemaDigest digest, RequestBody body) {
    uploading.acquireUninterruptibly();
    try {
      client.putObject(request -> request.bucket(bucket).key(key(digest)), body);
      written.put(digest, true);
    } catch (SdkException e) {
      throw failure("cannot write an object, key=" + key(digest), e);
    } finally {
      uploading.release();
    }
  }

  /**
   * The bytes of a digest, which are not to be changed.
   *
   * @throws SpokeException {@code DIGEST_MISMATCH} where the object has others, {@code INTERNAL}
   *     where there is none
   */
  byte[] get(SchemaDigest digest) {
    return read.get(digest, this::load);
  }

  private byte[] load(SchemaDigest digest) {
    byte[] bytes =
        orFail(
            digest,
            () ->
                client
                    .getObjectAsBytes(request -> request.bucket(bucket).key(key(digest)))
                    .asByteArray());
    written.put(digest, true);
    return StoreFailure.checked(bytes, digest, key(digest));
  }

  /** Writes a file unless it is there; it is durable when this returns. */
  void putFile(SchemaDigest digest, Path file) {
    if (written.getIfPresent(digest) == null) {
      put(digest, RequestBody.fromFile(file));
    }
  }

  /** How many bytes an object has; asked for once. */
  long byteSize(SchemaDigest digest) {
    return byteSizes.get(digest, this::askForByteSize);
  }

  private long askForByteSize(SchemaDigest digest) {
    return orFail(
        digest,
        () ->
            client.headObject(request -> request.bucket(bucket).key(key(digest))).contentLength());
  }

  /** The bytes of a digest, read as they are wanted. */
  Blob open(SchemaDigest digest, long byteSize) {
    Blob object =
        new Blob() {
          @Override
          public long byteSize() {
            return byteSize;
          }

          @Override
          public InputStream open(long byteOffset) {
            return new ObjectInput(orFail(digest, () -> stream(digest, byteOffset, byteSize)));
          }
        };
    return new VerifiedBlob(object, digest, key(digest));
  }

  private ResponseInputStream<GetObjectResponse> stream(
      SchemaDigest digest, long byteOffset, long byteSize) {
    return client.getObject(request -> {
      request.bucket(bucket).key(key(digest));
      if (byteOffset > 0 && byteOffset < byteSize) {
        request.range("bytes=" + byteOffset + "-");
      }
    });
  }

  private <T> T orFail(SchemaDigest digest, Supplier<T> call) {
    try {
      return call.get();
    } catch (NoSuchKeyException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "an object is gone from the store, key=" + key(digest), e);
    } catch (SdkException e) {
      throw failure("cannot read an object, key=" + key(digest), e);
    }
  }

  /** Spread over folders by two digits, for stores that keep objects in such. */
  String key(SchemaDigest digest) {
    String hex = digest.value().substring(digest.value().indexOf(':') + 1);
    return prefix + "sha256/" + hex.substring(0, 2) + "/" + hex.substring(2);
  }

  private static SpokeException failure(String what, SdkException cause) {
    return StoreFailure.unavailable(what, cause);
  }

  @Override
  public void close() {
    uploads.close();
    client.close();
  }
}
