package dev.aeon.apm;

import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Makes one result of the results of all copies of a message (resolution 20). */
final class Broadcasts {
  private Broadcasts() {}

  /**
   * The joint result of copies that have all ended.
   *
   * @throws CompletionException where any of them failed
   */
  static Acknowledgement result(
      MessageId messageId, List<CompletableFuture<Receipt>> receipts, @Nullable Throwable failure) {
    if (failure == null) {
      return new Acknowledgement(
          messageId, receipts.stream().map(CompletableFuture::resultNow).toList());
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (receipts.size() == 1) {
      throw new CompletionException(cause);
    }
    throw new CompletionException(new DeliveryException(tally(receipts), cause));
  }

  private static Tally tally(List<CompletableFuture<Receipt>> receipts) {
    int acked = 0;
    int nacked = 0;
    for (CompletableFuture<Receipt> receipt : receipts) {
      if (!receipt.isCompletedExceptionally()) {
        acked++;
      } else if (receipt.exceptionNow() instanceof DeliveryException refused
          && refused.nack().isPresent()) {
        nacked++;
      }
    }
    return new Tally(receipts.size(), acked, nacked, receipts.size() - acked - nacked);
  }
}
