// A picture that somebody chose, as it is shown: a small square. Made here, so that a photo of ten
// megabytes travels as a few kilobytes, and without what a camera writes into it, such as the place.

const SIDE = 256
const QUALITY = 0.86

/** Undefined when the browser cannot read it as a picture. */
export async function squared(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  const side = Math.min(picture.width, picture.height)
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
  const paper = canvas.getContext('2d')
  if (!paper) return undefined
  paper.fillStyle = '#fff' // behind what is transparent
  paper.fillRect(0, 0, SIDE, SIDE)
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2]
  paper.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE)
  picture.close()
  return new Promise((done) =>
    canvas.toBlob((blob) => done(blob ?? undefined), 'image/jpeg', QUALITY),
  )
}
