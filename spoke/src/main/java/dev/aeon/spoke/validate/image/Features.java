package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FeatureSet.EnumType;
import com.google.protobuf.DescriptorProtos.FeatureSet.FieldPresence;
import com.google.protobuf.DescriptorProtos.FeatureSet.JsonFormat;
import com.google.protobuf.DescriptorProtos.FeatureSet.MessageEncoding;
import com.google.protobuf.DescriptorProtos.FeatureSet.RepeatedFieldEncoding;
import com.google.protobuf.DescriptorProtos.FeatureSet.Utf8Validation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

/**
 * The features that hold for an element: the defaults of its file's edition, overlaid by what it
 * and the elements around it set.
 */
public record Features(FeatureSet standard, int cppStringType, int javaUtf8Validation) {
  /** {@code pb.CppFeatures.StringType}: VIEW, CORD, STRING. */
  public static final int CPP_VIEW = 1;

  public static final int CPP_CORD = 2;
  public static final int CPP_STRING = 3;

  /** {@code pb.JavaFeatures.Utf8Validation}: DEFAULT, VERIFY. */
  public static final int JAVA_DEFAULT = 1;

  public static final int JAVA_VERIFY = 2;

  private static final int CPP_EXTENSION = 1000;
  private static final int JAVA_EXTENSION = 1001;
  private static final int CPP_STRING_TYPE_FIELD = 2;
  private static final int JAVA_UTF8_FIELD = 2;

  private static final FeatureSet PROTO3 =
      FeatureSet.newBuilder()
          .setFieldPresence(FieldPresence.IMPLICIT)
          .setEnumType(EnumType.OPEN)
          .setRepeatedFieldEncoding(RepeatedFieldEncoding.PACKED)
          .setUtf8Validation(Utf8Validation.VERIFY)
          .setMessageEncoding(MessageEncoding.LENGTH_PREFIXED)
          .setJsonFormat(JsonFormat.ALLOW)
          .build();
  private static final FeatureSet PROTO2 =
      PROTO3.toBuilder()
          .setFieldPresence(FieldPresence.EXPLICIT)
          .setEnumType(EnumType.CLOSED)
          .setRepeatedFieldEncoding(RepeatedFieldEncoding.EXPANDED)
          .setUtf8Validation(Utf8Validation.NONE)
          .setJsonFormat(JsonFormat.LEGACY_BEST_EFFORT)
          .build();
  private static final FeatureSet EDITION_2023 =
      PROTO3.toBuilder().setFieldPresence(FieldPresence.EXPLICIT).build();

  static Features ofProto2() {
    return new Features(PROTO2, CPP_STRING, JAVA_DEFAULT);
  }

  static Features ofProto3() {
    return new Features(PROTO3, CPP_STRING, JAVA_DEFAULT);
  }

  static Features ofEdition(Edition edition) {
    boolean isAfter2023 = edition.getNumber() > Edition.EDITION_2023_VALUE;
    return new Features(EDITION_2023, isAfter2023 ? CPP_VIEW : CPP_STRING, JAVA_DEFAULT);
  }

  /** These features, overlaid by what an element sets itself. */
  Features with(FeatureSet own) {
    if (own.equals(FeatureSet.getDefaultInstance())) {
      return this;
    }
    return new Features(
        standard.toBuilder().mergeFrom(own).build(),
        extensionValue(own, CPP_EXTENSION, CPP_STRING_TYPE_FIELD, cppStringType),
        extensionValue(own, JAVA_EXTENSION, JAVA_UTF8_FIELD, javaUtf8Validation));
  }

  private static int extensionValue(FeatureSet set, int extension, int field, int inherited) {
    int value = inherited;
    for (var encoded : set.getUnknownFields().getField(extension).getLengthDelimitedList()) {
      try {
        var values = UnknownFieldSet.parseFrom(encoded).getField(field).getVarintList();
        value = values.isEmpty() ? value : values.getLast().intValue();
      } catch (InvalidProtocolBufferException e) {
        return inherited;
      }
    }
    return value;
  }
}
