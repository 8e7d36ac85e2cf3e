package dev.aeon.apm.cli;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.util.function.Consumer;

/** Takes what a scan reads apart: messages, and what is none. */
record RecordedListener(
    Consumer<Recorded> messages, Consumer<BadInput> bad, Consumer<SequenceGap> gaps)
    implements InboxListener {
  /** For those who look at messages alone. */
  RecordedListener(Consumer<Recorded> messages) {
    this(messages, _ -> {}, _ -> {});
  }

  @Override
  public void onGap(SequenceGap gap) {
    gaps.accept(gap);
  }

  @Override
  public void onLine(Delivery delivery) {
    switch (Validator.validate(delivery.line())) {
      case Verdict.Invalid invalid ->
          bad.accept(
              new BadInput(
                  delivery.source(),
                  delivery.line(),
                  delivery.line().length,
                  invalid.violations()));
      case Verdict.Valid(var valid) -> {
        ChannelName channel = ChannelName.parse(delivery.source().channel()).orElseThrow();
        messages.accept(new Recorded(channel, delivery.source().position(), valid.message()));
      }
    }
  }

  @Override
  public void onMalformed(BadInput input) {
    bad.accept(input);
  }
}
