package dev.aeon.apm.channel;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Picks the lines that are no messages of the pair in whose channel they lie, and the gaps. */
public record LineJudge(Consumer<BadInput> bad, Consumer<SequenceGap> gaps)
    implements InboxListener {
  @Override
  public void onGap(SequenceGap gap) {
    gaps.accept(gap);
  }

  @Override
  public void onLine(Delivery delivery) {
    List<Violation> violations =
        switch (Validator.validate(delivery.line())) {
          case Verdict.Invalid invalid -> invalid.violations();
          case Verdict.Valid(var valid) ->
              strangers(valid.message(), ChannelName.parse(delivery.source().channel()));
        };
    if (!violations.isEmpty()) {
      byte[] line = delivery.line();
      bad.accept(new BadInput(delivery.source(), line, line.length, violations));
    }
  }

  @Override
  public void onMalformed(BadInput input) {
    bad.accept(input);
  }

  private static List<Violation> strangers(Message message, Optional<ChannelName> channel) {
    boolean isOurs =
        message.receiver() instanceof Receiver.One(var agent)
            && channel.equals(
                Optional.of(new ChannelName(message.sender().agentId(), agent.agentId())));
    return isOurs
        ? List.of()
        : List.of(
            new Violation(
                "",
                ErrorCode.E_ROUTING_002,
                "a message of another pair: messageId=" + message.messageId()));
  }
}
