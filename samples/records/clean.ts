import {
  barChart,
  circuit,
  gear,
  lineChart,
  receipt,
  roundaboutSign,
  streetMap,
} from '../drawings/diagrams.ts';
import { clock, gauge, thermometer } from '../drawings/instruments.ts';
import { bridge, fruit, harbour, lake, leaf } from '../drawings/scenes.ts';
import { assistant, image, system, text, user } from './messages.ts';
import { dataUri, encode, type PictureFormat } from './pictures.ts';

/** Records without any fault: every form that both vendors document, every image at detail low. */
export async function cleanRecords(): Promise<readonly object[]> {
  return [...(await scenes()), ...(await readings()), ...(await conversations()), ...addresses()];
}

/** Fewer examples than a training file must have; nothing else is wrong with them. */
export async function tooFewRecords(): Promise<readonly object[]> {
  const times = { '2:40': clock(2, 40), '7:15': clock(7, 15), '11:55': clock(11, 55) };
  const shown = Object.entries(times).map(async ([time, svg]) => {
    const picture = image(await picked(svg, 'webp'));
    return { messages: [user(text('What time is it?'), picture), assistant(`It is ${time}.`)] };
  });
  const address = image('https://example.com/clocks/town-hall.jpg');
  const last = { messages: [user(text('What time is it?'), address), assistant('It is 4:20.')] };
  return [...(await Promise.all(shown)), last];
}

/** Describe and name what is to be seen. */
async function scenes(): Promise<readonly object[]> {
  const describer = system('You describe pictures in one or two plain sentences.');
  return [
    {
      // The largest picture: its data URI does not fit into the 100,000 characters of a hover.
      messages: [
        describer,
        user(text('Describe this picture.'), image(await picked(harbour(), 'png'))),
        assistant(
          'A small harbour at sunset: a red and white lighthouse on the left, two sailing boats on the water and a row of six coloured houses on a quay.',
        ),
      ],
    },
    {
      messages: [
        system([text('You describe pictures in one or two plain sentences.')]),
        user(text('What does the picture show?'), image(await picked(bridge(), 'webp'))),
        assistant('A red suspension bridge with two towers over a strait, on a hazy morning.'),
      ],
    },
    {
      messages: [
        describer,
        user(image(await picked(lake(), 'jpeg', 60)), text('Describe the landscape.')),
        assistant('A lake at dawn below two snowy peaks; a rowing boat lies in front of a wood.'),
      ],
    },
    {
      messages: [
        user(text('Which tree is this leaf from?'), image(await picked(leaf(), 'jpeg'))),
        assistant('From a maple: five pointed lobes, orange as in autumn.'),
      ],
    },
    {
      messages: [
        system('You name traffic signs.'),
        user(
          text('Which sign is this?'),
          image(dataUri('image/png', await encode(roundaboutSign(), 'png', { transparent: true }))),
        ),
        assistant([text('A roundabout: traffic goes round anticlockwise.')]),
      ],
    },
  ];
}

/** Read a value, a chart, a receipt, a plan. */
async function readings(): Promise<readonly object[]> {
  return [
    {
      // Two user messages in a row, as in both vendors' example of a record with an image.
      messages: [
        system('You read charts. Answer with the number and its label.'),
        { role: 'user', content: 'On which day did most bicycles cross the bridge?' },
        user(image(await picked(barChart(), 'png'))),
        assistant('Thursday: 610.'),
      ],
    },
    {
      messages: [
        system('You read charts. Answer with the number and its label.'),
        user(text('How warm did it get, and when?'), image(await picked(lineChart(), 'webp'))),
        assistant('22 °C at 14:00 ☀️'),
      ],
    },
    {
      messages: [
        system('You turn receipts into JSON.'),
        user(text('Read the receipt.'), image(await picked(receipt(), 'jpeg', 50))),
        assistant(
          JSON.stringify({
            shop: 'Corner Bakery',
            date: '2026-05-14',
            items: { 'rye bread': 4.2, '2 rolls': 1.6, 'plum cake': 3.4, coffee: 2.8 },
            total: 12,
          }),
        ),
      ],
    },
    {
      messages: [
        user(
          text('How do I get from the station to the museum?'),
          image(await picked(streetMap(), 'png')),
        ),
        assistant(
          'Go south to the first crossroads, turn left, take the second main road right and cross the river.',
        ),
      ],
    },
    {
      messages: [
        user(text('Why is the lamp dark?'), image(await picked(circuit(), 'png'))),
        assistant(
          'Switch S1 is open, so no current flows from the 9 V battery through R1 and the lamp.',
        ),
      ],
    },
    {
      // Several images in one message.
      messages: [
        system('You inspect gears. Answer "sound" or name the defect, for each picture in order.'),
        user(
          text('Inspect these two gears.'),
          image(await picked(gear(), 'webp')),
          image(await picked(gear(3), 'webp')),
        ),
        assistant('1: sound. 2: one tooth is broken off, at about two o’clock.'),
      ],
    },
  ];
}

/** Several turns, weights, a tool call, and text alone. */
async function conversations(): Promise<readonly object[]> {
  return [
    {
      // Weight 0: the wrong first answer is context and is not learned.
      messages: [
        user(text('How many apples are there?'), image(await picked(fruit(), 'webp'))),
        { ...assistant('Two.'), weight: 0 },
        { role: 'user', content: 'Count the green one too.' },
        { ...assistant('Three: two red ones and a green one.'), weight: 1 },
      ],
    },
    {
      messages: [
        system('You keep the log of a boiler room.'),
        user(text('Log the pressure.'), image(await picked(gauge(6.4), 'webp'))),
        { role: 'assistant', tool_calls: [logCall] },
        { role: 'tool', tool_call_id: logCall.id, content: '{"status":"logged"}' },
        assistant('Logged: 6.4 bar.'),
      ],
      tools: [logTool],
      parallel_tool_calls: false,
    },
    {
      messages: [
        {
          role: 'user',
          name: 'greenhouse',
          content: 'From what temperature on do I open the roof?',
        },
        assistant('From 28 °C.'),
        user(text('Then what about now?'), image(await picked(thermometer(31), 'jpeg'))),
        assistant('Open it: the thermometer shows 31 °C.'),
      ],
    },
    {
      messages: [
        system('You describe pictures in one or two plain sentences.'),
        { role: 'user', content: 'I forgot to attach the picture, sorry.' },
        assistant('No picture has arrived yet. Send it and I will describe it.'),
      ],
    },
  ];
}

/** Images by address: the service fetches them, the editor does not. */
function addresses(): readonly object[] {
  return [
    {
      messages: [
        system('You name defects of printed circuit boards: open, short, missing hole, or none.'),
        user(text('Classify.'), image('https://example.com/boards/0412.png')),
        assistant('missing hole'),
      ],
    },
    {
      messages: [
        system('You name defects of printed circuit boards: open, short, missing hole, or none.'),
        user(
          text('Compare the board with the reference.'),
          image('https://example.com/boards/reference.webp'),
          image('https://example.com/boards/0413.jpg'),
        ),
        assistant('none'),
      ],
    },
  ];
}

const logCall = {
  id: 'call_pressure_1',
  type: 'function',
  function: { name: 'log_pressure', arguments: '{"bar":6.4}' },
};

const logTool = {
  type: 'function',
  function: {
    name: 'log_pressure',
    description: 'Writes a pressure into the log.',
    parameters: { type: 'object', properties: { bar: { type: 'number' } }, required: ['bar'] },
  },
};

async function picked(svg: string, format: PictureFormat, quality = 70): Promise<string> {
  return dataUri(`image/${format}`, await encode(svg, format, { quality }));
}
