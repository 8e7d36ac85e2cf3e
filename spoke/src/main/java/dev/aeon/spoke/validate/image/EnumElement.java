package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet.EnumType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An enum. */
public final class EnumElement extends Element {
  private static final int VALUES = 2;
  private static final int OPTIONS = 3;
  private static final int ALLOW_ALIAS_OPTION = 2;
  private static final int FEATURES = 7;
  private static final int ENUM_TYPE_FEATURE = 2;
  private static final int JSON_FORMAT_FEATURE = 6;

  private final EnumDescriptorProto proto;
  private final Features features;
  private final List<EnumValueElement> values;

  EnumElement(
      ImageFile file, @Nullable MessageElement parent, int[] path, EnumDescriptorProto proto) {
    super(file, parent, path, proto.getName());
    this.proto = proto;
    Features around = parent == null ? file.features() : parent.features();
    this.features = around.with(proto.getOptions().getFeatures());
    this.values = new ArrayList<>(proto.getValueCount());
    for (int i = 0; i < proto.getValueCount(); i++) {
      values.add(new EnumValueElement(this, child(path, VALUES, i), proto.getValue(i)));
    }
  }

  public EnumDescriptorProto proto() {
    return proto;
  }

  public List<EnumValueElement> values() {
    return values;
  }

  /** Whether it has only the values that it lists. */
  public boolean isClosed() {
    return features.standard().getEnumType() == EnumType.CLOSED;
  }

  public @Nullable Place allowAliasPlace() {
    return placeOf(OPTIONS, ALLOW_ALIAS_OPTION);
  }

  /** Where it is said to be open or closed. */
  public @Nullable Place enumTypePlace() {
    return optionPlace(2, OPTIONS, FEATURES, ENUM_TYPE_FEATURE);
  }

  /** Where its JSON format is set. */
  public @Nullable Place jsonFormatPlace() {
    return optionPlace(2, OPTIONS, FEATURES, JSON_FORMAT_FEATURE);
  }

  @Override
  public Features features() {
    return features;
  }
}
