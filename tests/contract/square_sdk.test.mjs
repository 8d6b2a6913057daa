/*
 * Square's official SDK, with its base URL pointed at Habitué, runs every operation that both have.
 * Each reply is also checked against openapi.yaml.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import square from "square";
import { OpenApi } from "../support/openapi.mjs";
import { Server } from "../support/server.mjs";
import { sale } from "../support/story.mjs";

const { SquareClient, SquareError } = square;
const api = new OpenApi();
let server, client, merchant, program, location;

/* fetch, which also checks what comes back. */
async function checkedFetch(address, options) {
  const reply = await fetch(address, options);
  const operation = api.find(options.method, address);
  assert.ok(operation, `${options.method} ${address} is not described`);
  const text = await reply.clone().text();
  assert.equal(
    api.wrongReply(operation, reply.status, JSON.parse(text)),
    "",
    `${operation.id}: ${text}`,
  );
  return reply;
}

before(async () => {
  server = await Server.start();
  merchant = server.demo.merchants[0];
  program = merchant.programs[0];
  location = merchant.locations[0];
  client = new SquareClient({
    token: merchant.api_key,
    baseUrl: server.url,
    fetch: checkedFetch,
    maxRetries: 0,
  });
});
after(() => server?.remove());

const key = () => randomUUID();
let phones = 0;
const phone = () => `+336120000${String(++phones).padStart(2, "0")}`;

/* The error that a call must fail with: its status and first entry. */
async function refused(call, status, code, field) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof SquareError, String(error));
    assert.equal(error.statusCode, status);
    assert.equal(error.errors[0].code, code);
    assert.equal(error.errors[0].field, field);
    assert.ok(error.errors[0].detail.length > 0);
    return true;
  });
}

async function newAccount() {
  const reply = await client.loyalty.accounts.create({
    loyaltyAccount: {
      programId: program.id,
      mapping: { phoneNumber: phone() },
    },
    idempotencyKey: key(),
  });
  return reply.loyaltyAccount;
}

async function accountWith(points) {
  const account = await newAccount();
  await client.loyalty.accounts.accumulatePoints({
    accountId: account.id,
    accumulatePoints: { points },
    idempotencyKey: key(),
    locationId: location.id,
  });
  return account;
}

const balanceOf = async (accountId) =>
  (await client.loyalty.accounts.get({ accountId })).loyaltyAccount.balance;

describe("customers", () => {
  test("create gives the customer with an id, a version and E.164", async () => {
    const { customer } = await client.customers.create({
      idempotencyKey: key(),
      givenName: "Amelia",
      familyName: "Earhart",
      emailAddress: "Amelia.Earhart@example.com",
      phoneNumber: "+33 6 11 22 33 44",
      referenceId: "ref-1",
      note: "a customer",
      birthday: "09-21",
      address: {
        addressLine1: "500 Electric Ave",
        locality: "Lille",
        postalCode: "59000",
        country: "FR",
      },
    });
    assert.match(customer.id, /^cus_/);
    assert.equal(customer.givenName, "Amelia");
    assert.equal(customer.emailAddress, "Amelia.Earhart@example.com");
    assert.equal(customer.phoneNumber, "+33611223344");
    assert.equal(customer.birthday, "0000-09-21");
    assert.equal(customer.address.addressLine1, "500 Electric Ave");
    assert.equal(customer.address.country, "FR");
    assert.equal(customer.creationSource, "THIRD_PARTY");
    assert.equal(typeof customer.version, "bigint");
    assert.ok(Math.abs(Date.parse(customer.createdAt) - Date.now()) < 60_000);
  });

  test("a national number is read in the country of the merchant", async () => {
    const { customer } = await client.customers.create({
      phoneNumber: "06 11 22 33 55",
    });
    assert.equal(customer.phoneNumber, "+33611223355");
  });

  test("the same idempotency key gives the same customer, and another body is refused", async () => {
    const request = { idempotencyKey: key(), givenName: "Once" };
    const first = await client.customers.create(request);
    const second = await client.customers.create(request);
    assert.deepEqual(second.customer, first.customer);
    await refused(
      client.customers.create({ ...request, givenName: "Twice" }),
      400,
      "IDEMPOTENCY_KEY_REUSED",
      "idempotency_key",
    );
  });

  test("an empty customer is refused", () =>
    refused(client.customers.create({}), 400, "CUSTOMER_EMPTY", undefined));

  test("a wrong number, address or birthday is refused by its field", async () => {
    await refused(
      client.customers.create({ phoneNumber: "+33 1" }),
      400,
      "PHONE_NUMBER_INVALID",
      "phone_number",
    );
    await refused(
      client.customers.create({ emailAddress: "nobody" }),
      400,
      "EMAIL_INVALID",
      "email_address",
    );
    await refused(
      client.customers.create({ givenName: "A", birthday: "2021-02-30" }),
      400,
      "FIELD_VALUE",
      "birthday",
    );
  });

  test("retrieve, update and delete", async () => {
    const { customer } = await client.customers.create({
      givenName: "Before",
      nickname: "B",
      note: "n",
    });
    const got = await client.customers.get({ customerId: customer.id });
    assert.deepEqual(got.customer, customer);

    const changed = await client.customers.update({
      customerId: customer.id,
      givenName: "After",
      nickname: null,
      version: customer.version,
    });
    assert.equal(changed.customer.givenName, "After");
    assert.equal(changed.customer.nickname, undefined);
    assert.equal(changed.customer.note, "n");
    assert.ok(changed.customer.version > customer.version);
    await refused(
      client.customers.update({
        customerId: customer.id,
        note: "late",
        version: customer.version,
      }),
      409,
      "CUSTOMER_CHANGED",
      "version",
    );

    await client.customers.delete({ customerId: customer.id });
    await refused(
      client.customers.get({ customerId: customer.id }),
      404,
      "CUSTOMER_UNKNOWN",
      undefined,
    );
  });

  test("search finds exactly and fuzzily, by number, e-mail address and reference", async () => {
    const { customer } = await client.customers.create({
      givenName: "Wanted",
      emailAddress: "wanted.one@search.example",
      phoneNumber: "+33655443322",
      referenceId: "ref-wanted",
    });
    const filters = [
      { phoneNumber: { exact: "+33655443322" } },
      { phoneNumber: { exact: "06 55 44 33 22" } },
      { phoneNumber: { fuzzy: "443322" } },
      { emailAddress: { exact: "wanted.one@search.example" } },
      { emailAddress: { fuzzy: "search.example" } },
      { referenceId: { exact: "ref-wanted" } },
      { referenceId: { fuzzy: "ref-wan" } },
      {
        phoneNumber: { exact: "+33655443322" },
        creationSource: { values: ["THIRD_PARTY"], rule: "INCLUDE" },
      },
    ];
    for (const filter of filters) {
      const { customers } = await client.customers.search({
        query: { filter },
      });
      assert.deepEqual(
        customers.map(({ id }) => id),
        [customer.id],
        JSON.stringify(filter),
      );
    }
    const none = await client.customers.search({
      query: { filter: { emailAddress: { exact: "nobody@search.example" } } },
    });
    assert.deepEqual(none.customers, []);
    const future = await client.customers.search({
      query: {
        filter: {
          createdAt: {
            startAt: new Date(Date.now() + 3_600_000).toISOString(),
          },
        },
      },
    });
    assert.deepEqual(future.customers, []);
  });

  test("a filter that does not exist here is refused, not ignored", async () => {
    await refused(
      client.customers.search({
        query: { filter: { groupIds: { all: ["x"] } } },
      }),
      400,
      "FIELD_UNKNOWN",
      "query.filter.group_ids",
    );
  });

  test("list goes through all pages, each customer once, in both directions", async () => {
    for (let i = 0; i < 5; i++)
      await client.customers.create({ givenName: `Page ${i}` });
    const seen = { ASC: [], DESC: [] };
    for (const sortOrder of ["ASC", "DESC"]) {
      for await (const customer of await client.customers.list({
        limit: 2,
        sortField: "CREATED_AT",
        sortOrder,
      })) {
        seen[sortOrder].push(customer.id);
      }
    }
    assert.ok(seen.ASC.length >= 5);
    assert.equal(new Set(seen.ASC).size, seen.ASC.length);
    assert.deepEqual(seen.DESC, seen.ASC.slice().reverse());
  });

  test("search pages with a cursor that only this list takes", async () => {
    const first = await client.customers.search({ limit: 2n });
    assert.equal(first.customers.length, 2);
    const second = await client.customers.search({
      limit: 2n,
      cursor: first.cursor,
    });
    assert.ok(
      !second.customers.some(({ id }) =>
        first.customers.some((c) => c.id === id),
      ),
    );
    await refused(
      client.loyalty.accounts.search({ cursor: first.cursor }),
      400,
      "CURSOR_MALFORMED",
      "cursor",
    );
    await refused(
      client.customers.search({ cursor: "abc" }),
      400,
      "CURSOR_MALFORMED",
      "cursor",
    );
  });
});

describe("locations", () => {
  test("list and retrieve", async () => {
    const { locations } = await client.locations.list();
    assert.deepEqual(
      locations.map(({ id }) => id).sort(),
      merchant.locations.map(({ id }) => id).sort(),
    );
    const got = await client.locations.get({ locationId: location.id });
    assert.equal(got.location.name, location.name);
    assert.equal(got.location.merchantId, merchant.id);
    assert.equal(got.location.currency, merchant.currency);
    assert.equal(got.location.status, "ACTIVE");
    const main = await client.locations.get({ locationId: "main" });
    assert.deepEqual(main.location, locations[0]);
    await refused(
      client.locations.get({ locationId: "loc_0000000000001" }),
      404,
      "LOCATION_UNKNOWN",
      undefined,
    );
  });
});

describe("programs", () => {
  test("main, by id and in the list are the same program", async () => {
    const main = (await client.loyalty.programs.get({ programId: "main" }))
      .program;
    assert.equal(main.id, program.id);
    assert.equal(main.status, "ACTIVE");
    assert.equal(main.terminology.other, "points");
    assert.ok(main.rewardTiers.length >= 2);
    assert.deepEqual(
      main.rewardTiers.map(({ id, points }) => [id, points]),
      program.reward_tiers.map(({ id, points }) => [id, points]),
    );
    assert.equal(main.accrualRules[0].accrualType, "SPEND");
    assert.equal(main.accrualRules[0].spendData.amountMoney.amount, 100n);
    assert.equal(main.accrualRules[0].spendData.amountMoney.currency, "EUR");
    assert.deepEqual(
      (await client.loyalty.programs.get({ programId: program.id })).program,
      main,
    );
    assert.deepEqual((await client.loyalty.programs.list()).programs[0], main);
    await refused(
      client.loyalty.programs.get({ programId: "prg_0000000000001" }),
      404,
      "PROGRAM_UNKNOWN",
      undefined,
    );
  });

  test("calculate an amount and an order", async () => {
    const amount = await client.loyalty.programs.calculate({
      programId: program.id,
      transactionAmountMoney: { amount: 1299n, currency: "EUR" },
    });
    assert.equal(amount.points, 12);
    assert.equal(amount.promotionPoints, 0);

    const { order } = (
      await server.feed(sale(location.registers[0].vendor_register, 2350))
    ).body;
    const ofOrder = await client.loyalty.programs.calculate({
      programId: "main",
      orderId: order.id,
    });
    assert.equal(ofOrder.points, 23);
  });

  test("another currency, both or neither are refused", async () => {
    const money = { amount: 100n, currency: "USD" };
    await refused(
      client.loyalty.programs.calculate({
        programId: "main",
        transactionAmountMoney: money,
      }),
      400,
      "CURRENCY_DIFFERS",
      "transaction_amount_money.currency",
    );
    await refused(
      client.loyalty.programs.calculate({
        programId: "main",
        transactionAmountMoney: money,
        orderId: "ord_0000000000001",
      }),
      400,
      "FIELD_VALUE",
      "transaction_amount_money",
    );
    await refused(
      client.loyalty.programs.calculate({ programId: "main" }),
      400,
      "FIELD_REQUIRED",
      "transaction_amount_money.amount",
    );
  });
});

describe("accounts", () => {
  test("create makes the customer too, and a repeat gives the same account", async () => {
    const phoneNumber = phone();
    const request = {
      loyaltyAccount: { programId: program.id, mapping: { phoneNumber } },
      idempotencyKey: key(),
    };
    const { loyaltyAccount: account } =
      await client.loyalty.accounts.create(request);
    assert.match(account.id, /^acc_/);
    assert.equal(account.programId, program.id);
    assert.equal(account.balance, 0);
    assert.equal(account.lifetimePoints, 0);
    assert.equal(account.mapping.phoneNumber, phoneNumber);
    const { customer } = await client.customers.get({
      customerId: account.customerId,
    });
    assert.equal(customer.phoneNumber, phoneNumber);
    assert.equal(customer.creationSource, "LOYALTY");
    assert.deepEqual(
      (await client.loyalty.accounts.create(request)).loyaltyAccount,
      account,
    );
    await refused(
      client.loyalty.accounts.create({ ...request, idempotencyKey: key() }),
      400,
      "ACCOUNT_EXISTS",
      undefined,
    );
  });

  test("create for a customer that exists", async () => {
    const { customer } = await client.customers.create({ givenName: "Member" });
    const { loyaltyAccount } = await client.loyalty.accounts.create({
      loyaltyAccount: { programId: program.id, customerId: customer.id },
      idempotencyKey: key(),
    });
    assert.equal(loyaltyAccount.customerId, customer.id);
    assert.equal(loyaltyAccount.mapping, undefined);
  });

  test("search by number, by customer, by neither; retrieve", async () => {
    const account = await newAccount();
    const { mapping } = account;
    const byPhone = await client.loyalty.accounts.search({
      query: { mappings: [{ phoneNumber: mapping.phoneNumber }] },
    });
    assert.deepEqual(byPhone.loyaltyAccounts, [account]);
    const byMapping = await client.loyalty.accounts.search({
      query: { mappings: [mapping] },
      limit: 10,
    });
    assert.deepEqual(byMapping.loyaltyAccounts, [account]);
    const byCustomer = await client.loyalty.accounts.search({
      query: { customerIds: [account.customerId] },
    });
    assert.deepEqual(byCustomer.loyaltyAccounts, [account]);
    assert.deepEqual(
      (await client.loyalty.accounts.get({ accountId: account.id }))
        .loyaltyAccount,
      account,
    );

    const newest = await client.loyalty.accounts.search({ limit: 1 });
    assert.equal(newest.loyaltyAccounts[0].id, account.id);
    const next = await client.loyalty.accounts.search({
      limit: 1,
      cursor: newest.cursor,
    });
    assert.notEqual(next.loyaltyAccounts[0].id, account.id);

    const none = await client.loyalty.accounts.search({
      query: { mappings: [{ phoneNumber: "+33699999999" }] },
    });
    assert.deepEqual(none.loyaltyAccounts, []);
    await refused(
      client.loyalty.accounts.search({
        query: { mappings: [mapping], customerIds: [account.customerId] },
      }),
      400,
      "FIELD_VALUE",
      "query.customer_ids",
    );
    await refused(
      client.loyalty.accounts.get({ accountId: "acc_0000000000001" }),
      404,
      "ACCOUNT_UNKNOWN",
      undefined,
    );
  });

  test("accumulate gives exactly the points, once for a key", async () => {
    const account = await newAccount();
    const request = {
      accountId: account.id,
      accumulatePoints: { points: 7 },
      idempotencyKey: key(),
      locationId: location.id,
    };
    const first = await client.loyalty.accounts.accumulatePoints(request);
    assert.equal(first.events.length, 1);
    const [event] = first.events;
    assert.equal(event.type, "ACCUMULATE_POINTS");
    assert.equal(event.accumulatePoints.points, 7);
    assert.equal(event.accumulatePoints.loyaltyProgramId, program.id);
    assert.equal(event.loyaltyAccountId, account.id);
    assert.equal(event.locationId, location.id);
    assert.equal(event.source, "LOYALTY_API");
    assert.deepEqual(first.event, event);
    assert.deepEqual(
      await client.loyalty.accounts.accumulatePoints(request),
      first,
    );
    assert.equal(await balanceOf(account.id), 7);
    const { loyaltyAccount } = await client.loyalty.accounts.get({
      accountId: account.id,
    });
    assert.equal(loyaltyAccount.lifetimePoints, 7);
    assert.equal(loyaltyAccount.expiringPointDeadlines[0].points, 7);
  });

  test("accumulate an order that waits, once", async () => {
    const account = await newAccount();
    const { order } = (
      await server.feed(sale(location.registers[0].vendor_register, 4200))
    ).body;
    const give = (accountId) =>
      client.loyalty.accounts.accumulatePoints({
        accountId,
        accumulatePoints: { orderId: order.id },
        idempotencyKey: key(),
        locationId: location.id,
      });
    const { events } = await give(account.id);
    assert.equal(events[0].accumulatePoints.points, 42);
    assert.equal(events[0].accumulatePoints.orderId, order.id);
    await refused(
      give((await newAccount()).id),
      400,
      "ORDER_ALREADY_CLAIMED",
      undefined,
    );
    assert.equal(await balanceOf(account.id), 42);
  });

  test("accumulate without points, with both, or elsewhere is refused", async () => {
    const account = await newAccount();
    const give = (accumulatePoints, locationId = location.id) =>
      client.loyalty.accounts.accumulatePoints({
        accountId: account.id,
        accumulatePoints,
        idempotencyKey: key(),
        locationId,
      });
    await refused(give({}), 400, "FIELD_REQUIRED", "accumulate_points.points");
    await refused(
      give({ points: 0 }),
      400,
      "FIELD_RANGE",
      "accumulate_points.points",
    );
    await refused(
      give({ points: 1, orderId: "ord_0000000000001" }),
      400,
      "FIELD_VALUE",
      "accumulate_points.points",
    );
    await refused(
      give({ orderId: "ord_0000000000001" }),
      404,
      "ORDER_UNKNOWN",
      undefined,
    );
    await refused(
      give({ points: 1 }, "loc_0000000000001"),
      404,
      "LOCATION_UNKNOWN",
      undefined,
    );
    assert.equal(await balanceOf(account.id), 0);
  });

  test("adjust adds and takes; below zero only when allowed", async () => {
    const account = await accountWith(10);
    const adjust = (points, more = {}) =>
      client.loyalty.accounts.adjust({
        accountId: account.id,
        adjustPoints: { points, reason: "a test" },
        idempotencyKey: key(),
        ...more,
      });
    const { event } = await adjust(-4);
    assert.equal(event.type, "ADJUST_POINTS");
    assert.equal(event.adjustPoints.points, -4);
    assert.equal(event.adjustPoints.reason, "a test");
    assert.equal(await balanceOf(account.id), 6);
    await refused(adjust(-7), 400, "POINTS_SHORT", undefined);
    await refused(
      adjust(-7, { allowNegativeBalance: null }),
      400,
      "POINTS_SHORT",
      undefined,
    );
    assert.equal(await balanceOf(account.id), 6);
    await adjust(-7, { allowNegativeBalance: true });
    assert.equal(await balanceOf(account.id), -1);
    await adjust(5);
    assert.equal(await balanceOf(account.id), 4);
    await refused(adjust(0), 400, "FIELD_RANGE", "adjust_points.points");
  });
});

describe("rewards", () => {
  const tier = () => program.reward_tiers[0];
  const take = async (accountId, idempotencyKey = key()) =>
    (
      await client.loyalty.rewards.create({
        reward: { loyaltyAccountId: accountId, rewardTierId: tier().id },
        idempotencyKey,
      })
    ).reward;

  test("create takes the points at once, and once for a key", async () => {
    const account = await accountWith(tier().points + 3);
    const once = key();
    const reward = await take(account.id, once);
    assert.equal(reward.status, "ISSUED");
    assert.equal(reward.points, tier().points);
    assert.equal(reward.rewardTierId, tier().id);
    assert.deepEqual(await take(account.id, once), reward);
    assert.equal(await balanceOf(account.id), 3);
    assert.deepEqual(
      (await client.loyalty.rewards.get({ rewardId: reward.id })).reward,
      reward,
    );
    await refused(take(account.id), 400, "POINTS_SHORT", undefined);
  });

  test("delete gives the points back, once", async () => {
    const account = await accountWith(tier().points);
    const reward = await take(account.id);
    await client.loyalty.rewards.delete({ rewardId: reward.id });
    assert.equal(await balanceOf(account.id), tier().points);
    await client.loyalty.rewards.delete({ rewardId: reward.id });
    assert.equal(await balanceOf(account.id), tier().points);
    assert.equal(
      (await client.loyalty.rewards.get({ rewardId: reward.id })).reward.status,
      "DELETED",
    );
  });

  test("redeem hands it over, once", async () => {
    const account = await accountWith(tier().points);
    const reward = await take(account.id);
    const request = {
      rewardId: reward.id,
      idempotencyKey: key(),
      locationId: location.id,
    };
    const first = await client.loyalty.rewards.redeem(request);
    assert.equal(first.event.type, "REDEEM_REWARD");
    assert.equal(first.event.redeemReward.rewardId, reward.id);
    assert.equal(first.event.redeemReward.loyaltyProgramId, program.id);
    assert.deepEqual(await client.loyalty.rewards.redeem(request), first);
    await refused(
      client.loyalty.rewards.redeem({ ...request, idempotencyKey: key() }),
      400,
      "REWARD_USED",
      undefined,
    );
    await refused(
      client.loyalty.rewards.delete({ rewardId: reward.id }),
      400,
      "REWARD_USED",
      undefined,
    );
    const { reward: now } = await client.loyalty.rewards.get({
      rewardId: reward.id,
    });
    assert.equal(now.status, "REDEEMED");
    assert.ok(now.redeemedAt);
    const { events } = await client.loyalty.searchEvents({
      query: {
        filter: {
          loyaltyAccountFilter: { loyaltyAccountId: account.id },
          typeFilter: { types: ["REDEEM_REWARD"] },
        },
      },
    });
    assert.deepEqual(events, [first.event]);
  });

  test("search by account and status, newest first, in pages", async () => {
    const account = await accountWith(3 * tier().points);
    const taken = [
      await take(account.id),
      await take(account.id),
      await take(account.id),
    ].map(({ id }) => id);
    await client.loyalty.rewards.delete({ rewardId: taken[0] });
    const search = async (query, more) =>
      await client.loyalty.rewards.search({ query, ...more });
    const ids = ({ rewards }) => rewards.map(({ id }) => id);
    assert.deepEqual(
      ids(await search({ loyaltyAccountId: account.id })),
      taken.slice().reverse(),
    );
    assert.deepEqual(
      ids(await search({ loyaltyAccountId: account.id, status: "ISSUED" })),
      [taken[2], taken[1]],
    );
    assert.deepEqual(
      ids(await search({ loyaltyAccountId: account.id, status: "DELETED" })),
      [taken[0]],
    );
    const first = await search({ loyaltyAccountId: account.id }, { limit: 2 });
    assert.deepEqual(ids(first), [taken[2], taken[1]]);
    assert.deepEqual(
      ids(
        await search(
          { loyaltyAccountId: account.id },
          { limit: 2, cursor: first.cursor },
        ),
      ),
      [taken[0]],
    );
    const all = await client.loyalty.rewards.search({});
    assert.equal(all.rewards[0].id, taken[2]);
  });

  test("a tier or an account that does not exist", async () => {
    const account = await accountWith(100);
    const create = (loyaltyAccountId, rewardTierId) =>
      client.loyalty.rewards.create({
        reward: { loyaltyAccountId, rewardTierId },
        idempotencyKey: key(),
      });
    await refused(
      create(account.id, "tie_0000000000001"),
      404,
      "TIER_UNKNOWN",
      undefined,
    );
    await refused(
      create("acc_0000000000001", tier().id),
      404,
      "ACCOUNT_UNKNOWN",
      undefined,
    );
  });
});

describe("events", () => {
  test("everything that happened, newest first, and each filter", async () => {
    const account = await accountWith(60);
    await client.loyalty.accounts.adjust({
      accountId: account.id,
      adjustPoints: { points: 5 },
      idempotencyKey: key(),
    });
    const { reward } = await client.loyalty.rewards.create({
      reward: {
        loyaltyAccountId: account.id,
        rewardTierId: program.reward_tiers[0].id,
      },
      idempotencyKey: key(),
    });
    await client.loyalty.rewards.delete({ rewardId: reward.id });

    const loyaltyAccountFilter = { loyaltyAccountId: account.id };
    const search = async (filter, more = {}) =>
      client.loyalty.searchEvents({
        query: { filter: { loyaltyAccountFilter, ...filter } },
        ...more,
      });
    const types = ({ events }) => events.map(({ type }) => type);
    const all = await search({});
    assert.deepEqual(types(all), [
      "DELETE_REWARD",
      "CREATE_REWARD",
      "ADJUST_POINTS",
      "ACCUMULATE_POINTS",
    ]);
    const [given, taken] = all.events;
    assert.equal(taken.createReward.points, -program.reward_tiers[0].points);
    assert.equal(given.deleteReward.points, program.reward_tiers[0].points);
    assert.equal(taken.createReward.rewardId, reward.id);

    assert.deepEqual(
      types(
        await search({
          typeFilter: {
            types: ["ADJUST_POINTS", "ACCUMULATE_PROMOTION_POINTS"],
          },
        }),
      ),
      ["ADJUST_POINTS"],
    );
    assert.deepEqual(
      types(
        await search({
          typeFilter: { types: ["ACCUMULATE_PROMOTION_POINTS"] },
        }),
      ),
      [],
    );
    assert.deepEqual(
      types(await search({ locationFilter: { locationIds: [location.id] } })),
      ["ACCUMULATE_POINTS"],
    );
    const earlier = new Date(Date.now() - 3_600_000).toISOString();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    assert.equal(
      (
        await search({
          dateTimeFilter: { createdAt: { startAt: earlier, endAt: later } },
        })
      ).events.length,
      4,
    );
    assert.equal(
      (await search({ dateTimeFilter: { createdAt: { endAt: earlier } } }))
        .events.length,
      0,
    );

    const first = await search({}, { limit: 3 });
    const rest = await search({}, { limit: 3, cursor: first.cursor });
    assert.deepEqual([...first.events, ...rest.events], all.events);
  });

  test("by order", async () => {
    const account = await newAccount();
    const { order } = (
      await server.feed(sale(location.registers[0].vendor_register, 900))
    ).body;
    await client.loyalty.accounts.accumulatePoints({
      accountId: account.id,
      accumulatePoints: { orderId: order.id },
      idempotencyKey: key(),
      locationId: location.id,
    });
    const { events } = await client.loyalty.searchEvents({
      query: { filter: { orderFilter: { orderId: order.id } } },
    });
    assert.equal(events.length, 1);
    assert.equal(events[0].loyaltyAccountId, account.id);
  });
});

describe("who asks", () => {
  test("a wrong key is an AUTHENTICATION_ERROR", async () => {
    const stranger = new SquareClient({
      token: "key_wrong",
      baseUrl: server.url,
      fetch: checkedFetch,
      maxRetries: 0,
    });
    await assert.rejects(stranger.locations.list(), (error) => {
      assert.equal(error.statusCode, 401);
      assert.equal(error.errors[0].category, "AUTHENTICATION_ERROR");
      return true;
    });
  });

  test("nothing of another merchant exists", async () => {
    const other = new SquareClient({
      token: server.demo.merchants[1].api_key,
      baseUrl: server.url,
      fetch: checkedFetch,
      maxRetries: 0,
    });
    const account = await accountWith(1);
    await refused(
      other.loyalty.accounts.get({ accountId: account.id }),
      404,
      "ACCOUNT_UNKNOWN",
      undefined,
    );
    await refused(
      other.customers.get({ customerId: account.customerId }),
      404,
      "CUSTOMER_UNKNOWN",
      undefined,
    );
    const found = await other.loyalty.accounts.search({
      query: { customerIds: [account.customerId] },
    });
    assert.deepEqual(found.loyaltyAccounts, []);
  });
});
