import { alertRoutes } from './resources/alerts.ts';
import { batchRoutes } from './resources/batches.ts';
import { callerRoutes } from './resources/callers.ts';
import { connectorRoutes } from './resources/connectors.ts';
import { contactRoutes } from './resources/contacts.ts';
import { correctionRoutes } from './resources/corrections.ts';
import { customerRowRoutes } from './resources/customer-rows.ts';
import { customerRoutes } from './resources/customers.ts';
import { dataRoutes } from './resources/data.ts';
import { decisionRoutes } from './resources/decisions.ts';
import { divisionRoutes } from './resources/divisions.ts';
import { fileOfferRoutes } from './resources/file-offers.ts';
import { filePersonaRoutes } from './resources/file-personas.ts';
import { fileSegmentRoutes } from './resources/file-segments.ts';
import { insightRoutes } from './resources/insights.ts';
import { intakeRoutes } from './resources/intake.ts';
import { jobRoutes } from './resources/jobs.ts';
import { lakeRoutes } from './resources/lake.ts';
import { layoutColumnRoutes } from './resources/layout-columns.ts';
import { layoutRuleRoutes } from './resources/layout-rules.ts';
import { layoutRoutes } from './resources/layouts.ts';
import { likeMixRoutes } from './resources/like-mix.ts';
import { markedFileRoutes } from './resources/marked-file.ts';
import { metricRoutes } from './resources/metrics.ts';
import { monthlyRoutes } from './resources/monthly.ts';
import { noteRoutes } from './resources/notes.ts';
import { offerOutcomeRoutes } from './resources/offer-outcomes.ts';
import { offerRoutes } from './resources/offers.ts';
import { personaRoutes } from './resources/personas.ts';
import { practiceRoutes } from './resources/practice.ts';
import { quarantineRoutes } from './resources/quarantine.ts';
import { receivedRoutes } from './resources/received.ts';
import { reconciliationRoutes } from './resources/reconciliation.ts';
import { referenceRoutes } from './resources/reference.ts';
import { repeatRowRoutes } from './resources/repeat-rows.ts';
import { repeatRoutes } from './resources/repeats.ts';
import { reportRoutes } from './resources/reports.ts';
import { ruleSwitchRoutes } from './resources/rule-switch.ts';
import { sameAgeRoutes } from './resources/same-age.ts';
import { sendRoutes } from './resources/send.ts';
import { sessionRoutes } from './resources/session.ts';
import { shiftRoutes } from './resources/shift.ts';
import { staffingRoutes } from './resources/staffing.ts';
import { stepRoutes } from './resources/steps.ts';
import { systemRoutes } from './resources/system.ts';
import { todayRoutes } from './resources/today.ts';
import { userRoutes } from './resources/users.ts';
import { viewRoutes } from './resources/views.ts';
import { watchRoutes } from './resources/watches.ts';
import type { Route } from './route.ts';

/** Every address of the API. */
export const ROUTES: readonly Route[] = [
  ...sessionRoutes,
  ...userRoutes,
  ...lakeRoutes,
  ...layoutRoutes,
  ...layoutColumnRoutes,
  ...layoutRuleRoutes,
  ...stepRoutes,
  ...sendRoutes,
  ...practiceRoutes,
  ...metricRoutes,
  ...monthlyRoutes,
  ...likeMixRoutes,
  ...repeatRoutes,
  ...customerRoutes,
  ...divisionRoutes,
  ...personaRoutes,
  ...customerRowRoutes,
  ...filePersonaRoutes,
  ...fileSegmentRoutes,
  ...fileOfferRoutes,
  ...offerRoutes,
  ...offerOutcomeRoutes,
  ...callerRoutes,
  ...sameAgeRoutes,
  ...insightRoutes,
  ...repeatRowRoutes,
  ...ruleSwitchRoutes,
  ...reconciliationRoutes,
  ...markedFileRoutes,
  ...staffingRoutes,
  ...shiftRoutes,
  ...contactRoutes,
  ...reportRoutes,
  ...viewRoutes,
  ...noteRoutes,
  ...alertRoutes,
  ...dataRoutes,
  ...batchRoutes,
  ...decisionRoutes,
  ...receivedRoutes,
  ...quarantineRoutes,
  ...correctionRoutes,
  ...intakeRoutes,
  ...todayRoutes,
  ...watchRoutes,
  ...connectorRoutes,
  ...referenceRoutes,
  ...jobRoutes,
  ...systemRoutes,
];
