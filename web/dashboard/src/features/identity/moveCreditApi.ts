// A credit that the wrong customer got goes to the right one.
import { send, type Reply } from '$shared/api'

export function moveCredit(
  wish: { readonly order: string; readonly customer_id: string },
  idempotency_key: string,
): Promise<Reply<unknown>> {
  return send(`/v2/orders/${wish.order}/move-credit`, {
    customer_id: wish.customer_id,
    idempotency_key,
  })
}
