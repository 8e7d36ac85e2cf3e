package dev.aeon.sp.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Value;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProtobufBodiesTest {
  @Test
  void sent_isReceivedEqual() throws Exception {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      var _ = push.dial(pull.listen("inproc://protobuf-bodies").url());
      ListValue.Builder list = ListValue.newBuilder();
      for (int number = 0; number < 5_000; number++) {
        list.addValues(Value.newBuilder().setStringValue("välue " + number));
      }
      ListValue body = list.build();
      ProtobufBodies.send(push, body);
      assertThat(ProtobufBodies.receive(pull, ListValue.parser())).isEqualTo(body);
    }
  }

  @Test
  void empty_isNoBytes() throws Exception {
    try (Message message = ProtobufBodies.messageOf(StringValue.getDefaultInstance())) {
      assertThat(message.byteSize()).isZero();
      assertThat(ProtobufBodies.parse(message, StringValue.parser()).getValue()).isEmpty();
    }
  }

  @Test
  void malformed_isANamedException() {
    try (Message message = Message.copyOf(new byte[] {0x0A, 0x7F, 1})) {
      assertThatThrownBy(() -> ProtobufBodies.parse(message, StringValue.parser()))
          .isInstanceOf(InvalidProtocolBufferException.class);
      assertThat(message.byteSize()).isEqualTo(3);
    }
  }
}
