// Puts an item, takes one and acknowledges it: node examples/put_take_ack.js [port] [queue]
const net = require('net')
const [port = '7000', queue = 'lab'] = process.argv.slice(2)
const bridge = net.connect(Number(port), '127.0.0.1')
const waiting = new Map()
let received = Buffer.alloc(0)
let asked = 0

bridge.on('data', (bytes) => {
  received = Buffer.concat([received, bytes])
  while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
    const end = 4 + received.readInt32BE(0)
    const frame = JSON.parse(received.toString('utf8', 4, end))
    received = received.subarray(end)
    const { resolve, reject } = waiting.get(frame.address)
    waiting.delete(frame.address)
    frame.type === 'err' ? reject(new Error(frame.message)) : resolve(frame.body)
  }
})

// Sends a request to one of the addresses of the queue; many may be under way at once.
function ask (role, body) {
  const replyAddress = String(asked++)
  const payload = Buffer.from(JSON.stringify({ type: 'send', address: `weir.${queue}.${role}`, replyAddress, body }))
  const length = Buffer.alloc(4)
  length.writeInt32BE(payload.length)
  bridge.write(Buffer.concat([length, payload]))
  return new Promise((resolve, reject) => waiting.set(replyAddress, { resolve, reject }))
}

async function main () {
  const put = await ask('produce', { op: 'put', producer: 'node', waitMs: 1000, body: { value: 36 } })
  console.log('put:', put.status)
  const taken = await ask('consume', { op: 'take', consumer: 'node', waitMs: 1000 })
  for (const { id, fence, body } of taken.items ?? []) {
    console.log('took:', JSON.stringify(body))
    const acked = await ask('consume', { op: 'ack', consumer: 'node', leases: [{ id, fence }] })
    console.log('acked:', acked.done[0] === id)
  }
  bridge.end()
}
main()
