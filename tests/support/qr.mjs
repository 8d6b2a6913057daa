/*
 * qr — what a telephone's camera reads of a code on a page: the picture as it is shown, not its source.
 */
import jsqr from 'jsqr'

const readQr = jsqr.default ?? jsqr

/* The text of the code that an element shows; undefined when nothing could read it. */
export async function textOfCode(locator) {
  const picture = (await locator.screenshot()).toString('base64')
  const { width, height, samples } = await locator.page().evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const drawing = canvas.getContext('2d')
    drawing.drawImage(image, 0, 0)
    const { data } = drawing.getImageData(0, 0, image.width, image.height)
    const text = Array.from(data, (sample) => String.fromCharCode(sample)).join('')
    return { width: image.width, height: image.height, samples: btoa(text) }
  }, picture)
  return readQr(Uint8ClampedArray.from(Buffer.from(samples, 'base64')), width, height)?.data
}
