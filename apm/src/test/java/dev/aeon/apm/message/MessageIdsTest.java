package dev.aeon.apm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of message ids. */
class MessageIdsTest {
  @Test
  void next_carriesTimeAndUlid() {
    MessageId id = new MessageIds(InstantSource.fixed(Samples.TIME)).next();
    assertThat(id.value()).matches("msg_20251112_100000_01K9VR[0-9A-HJKMNP-TV-Z]{20}");
    assertThat(id.isStandard()).isTrue();
  }

  @Test
  void next_withinOneMillisecond_areDistinct() {
    MessageIds ids = new MessageIds(InstantSource.fixed(Samples.TIME));
    assertThat(Stream.generate(ids::next).limit(10_000)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"msg_20251112100000_abc", "msg_20251112_100000_001"})
  void standardForms_areStandard(String text) {
    assertThat(new MessageId(text).isStandard()).isTrue();
  }

  @Test
  void toleratedForm_isLegalButNotStandard() {
    assertThat(new MessageId("msg_hello-world").isStandard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "msg_", "001", "msg_a b", "msg_a/b", "msg_a\n", "msg_é"})
  void otherForms_areRefused(String text) {
    assertThatThrownBy(() -> new MessageId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
