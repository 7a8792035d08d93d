/**
 * From the bytes of a photograph to the pixels that CLIP sees.
 *
 * <p>{@link io.blemish.image.ImageDecoder} recognises the format by content, holds the header against
 * {@link io.blemish.image.DecodeLimits} before anything is allocated, waits for its share of the
 * {@link io.blemish.image.DecodeBudget}, decodes, and turns the picture upright. What yields no pixels is an
 * {@link io.blemish.image.ImageRejectedException} with a {@link io.blemish.image.RejectCode}: a bad file is data, not a
 * fault.
 *
 * <p>{@link io.blemish.image.ImageProcessor} is CLIP's preprocessing: {@link io.blemish.image.CropGeometry} says where
 * the square lies that the model sees, {@link io.blemish.image.Bicubic} resizes and crops in one go, and the result is
 * a plane of unsigned bytes for each channel, {@code 3 × side × side}. The model normalises them itself; {@code
 * normalised} does it here for tests.
 *
 * <p>Pixels equal Pillow's {@code Image.open(file).convert("RGB")} to the last bit, and the crop equals OpenAI's
 * {@code preprocess}, except where {@code src/test/resources/image/README.md} says otherwise. ImageIO alone would not
 * do that: it brightens grey, applies profiles, composites alpha, shows half of a truncated JPEG, and inflates what
 * hides in metadata. So its readers are given rewritten headers and asked for raw samples:
 *
 * <ul>
 *   <li>{@code ContentFormat} and one {@code …Picture} for each format: the header, read with bounds, and the pixels;
 *   <li>{@code Codecs}, {@code ContentInput}, {@code Deadline}, {@code DeadlineWatch}: readers without global locks,
 *       from memory, under a time limit;
 *   <li>{@code JpegDecoder} and what it is made of: JPEGs at reduced sizes, and progressive ones in one pass instead of
 *       one for each scan; what it finds irregular goes to the runtime's decoder;
 *   <li>{@code RasterSamples}, {@code Inks}, {@code Upright}: samples to RGB, CMYK to RGB, EXIF orientation;
 *   <li>{@code ResampleWeights}, {@code Resampler}: Pillow's fixed-point bicubic.
 * </ul>
 */
package io.blemish.image;
