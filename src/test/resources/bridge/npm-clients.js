// Drives a node through a client from npm; ends with the line "all as expected".
//   node npm-clients.js tcp PORT      the package vertx3-tcp-eventbus-client against the bridge
//   node npm-clients.js sockjs PORT   the package @vertx/eventbus-bridge-client.js against /eventbus
const assert = require('assert')

const [kind, port] = process.argv.slice(2)
let unhandled = 0
console.warn = () => unhandled++ // the client for TCP knows no pong: it warns of each

function connect () {
  const options = { vertxbus_ping_interval: 50 }
  if (kind === 'tcp') {
    const EventBus = require('vertx3-tcp-eventbus-client/lib/tcp-vertx-eventbus')
    return new EventBus('127.0.0.1', Number(port), options)
  }
  const EventBus = require('@vertx/eventbus-bridge-client.js')
  return new EventBus(`http://127.0.0.1:${port}/eventbus`, options)
}

const bus = connect()
bus.onerror = (error) => { console.error(error); process.exit(1) }

const ask = (address, body) => new Promise((resolve, reject) =>
  bus.send(address, body, (error, message) => error ? reject(error) : resolve(message.body)))

bus.onopen = async () => {
  const put = await ask('weir.lab.produce', { op: 'put', producer: 'npm', body: { text: 'é ☃' } })
  assert.strictEqual(put.status, 'stored')
  const taken = await ask('weir.lab.consume', { op: 'take', consumer: 'npm', waitMs: 1000 })
  assert.deepStrictEqual(taken.items[0].body, { text: 'é ☃' })
  const { id, fence } = taken.items[0]
  const acked = await ask('weir.lab.consume', { op: 'ack', consumer: 'npm', leases: [{ id, fence }] })
  assert.deepStrictEqual(acked.done, [id])

  const many = Array.from({ length: 200 }, (_, n) => n)
  const puts = many.map((n) => ask('weir.lab.produce', { op: 'put', producer: 'npm', body: n }))
  assert.strictEqual((await Promise.all(puts)).filter((one) => one.status === 'stored').length, 200)
  const takes = many.map(() => ask('weir.lab.consume', { op: 'take', consumer: 'npm', autoAck: true }))
  assert.deepStrictEqual((await Promise.all(takes)).map((one) => one.items[0].body), many)

  const refused = await ask('weir.lab.produce', { op: 'put' }).catch((error) => error)
  assert.strictEqual(refused.failureCode, 400)
  const nobody = await ask('weir.nobody.produce', {}).catch((error) => error)
  assert.strictEqual(nobody.failureType, 'NO_HANDLERS')
  if (kind === 'sockjs') {
    const denied = await ask('weir.internal.figures', {}).catch((error) => error)
    assert.strictEqual(denied.failureCode, 403)
  }

  const figures = await new Promise((resolve) => {
    const handler = (error, message) => {
      bus.unregisterHandler('weir.lab.events', handler)
      error ? resolve(error) : resolve(message.body)
    }
    bus.registerHandler('weir.lab.events', handler)
  })
  assert.strictEqual(figures.queue, 'lab')
  while (kind === 'tcp' && unhandled < 3) await new Promise((resolve) => setTimeout(resolve, 10))
  console.log('all as expected')
  process.exit(0)
}
