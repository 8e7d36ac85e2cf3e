package dev.aeon.spoke.store;

import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** An S3 server of the test's own, on a free port, whose bucket lies in memory. */
public final class ObjectServer implements AutoCloseable {
  public static final String BUCKET = "schemas";
  private static final String KEY = "test";
  private static final String SECRET = "secret";

  private final BlobStoreContext context;
  private final S3Proxy proxy;

  private ObjectServer(BlobStoreContext context, S3Proxy proxy) {
    this.context = context;
    this.proxy = proxy;
  }

  /** Starts the server, and tells this process's clients who they are. */
  public static ObjectServer start() throws Exception {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
    BlobStoreContext context =
        ContextBuilder.newBuilder("transient").buildView(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .build();
    proxy.start();
    return new ObjectServer(context, proxy);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** What it holds. */
  BlobStore objects() {
    return context.getBlobStore();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      context.close();
    }
  }
}
